import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { FilteredLog, type LogFilter, type LogSnapshot } from './filtered-log.ts';
import { startWorker } from './worker-matcher.ts';

export interface Logs {
  log: FilteredLog;
  snapshot: LogSnapshot;
  /** Keys of the containers whose log has ended. */
  ended: ReadonlySet<string>;
  onEnd: (key: string) => void;
  /** Why a log can't be followed, by key. */
  troubles: ReadonlyMap<string, string>;
  onTrouble: (key: string, trouble: string | undefined) => void;
}

/** The logs that are shown, rendered once a frame however many lines arrive. Never resets: give the component a `key`. */
export function useLogs(filter: LogFilter): Logs {
  const [log] = useState(
    () => new FilteredLog({ startWorker, schedule: (notify) => void requestAnimationFrame(notify) }),
  );
  const [ended, setEnded] = useState<ReadonlySet<string>>(new Set());
  const [troubles, setTroubles] = useState<ReadonlyMap<string, string>>(new Map());
  const snapshot = useSyncExternalStore(log.subscribe, log.snapshot);
  const { include, exclude, regex, only, probes } = filter;
  const levels = filter.levels.join();
  useEffect(() => {
    log.setFilter(filter);
    // The filter is a new object with each render.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [log, include, exclude, regex, only, probes, levels]);
  useEffect(() => () => log.stop(), [log]);
  const onEnd = useCallback((key: string) => setEnded((before) => new Set([...before, key])), []);
  const onTrouble = useCallback((key: string, trouble: string | undefined) => {
    setTroubles((before) => {
      if (before.get(key) === trouble) return before;
      const after = new Map([...before].filter(([one]) => one !== key));
      return trouble === undefined ? after : after.set(key, trouble);
    });
  }, []);
  return { log, snapshot, ended, onEnd, troubles, onTrouble };
}
