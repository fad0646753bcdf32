import type { Store } from '@shopyard/contracts';
import { ArrowDownToLine, EllipsisVertical, SlidersHorizontal } from 'lucide-react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { toast } from 'sonner';
import { downloadText } from '../../lib/download.ts';
import { useMedia } from '../../lib/use-media.ts';
import { useNow } from '../../lib/use-now.ts';
import { copyText } from '../../ui/copy-button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { FollowContainer } from './follow-container.tsx';
import { type LogRow, MAX_LINES, upperBound } from './log-buffer.ts';
import { LogLines } from './log-lines.tsx';
import { LogOptions } from './log-options.tsx';
import { boundsOf, type LogParams } from './log-params.ts';
import { LogSearch } from './log-search.tsx';
import { type LogSource, toFollowed, toKubectl } from './log-sources.ts';
import { toLineText, toLogText } from './log-text.ts';
import styles from './logs.module.css';
import { useLogs } from './use-logs.ts';

interface LogViewProps {
  store: Pick<Store, 'id' | 'name' | 'namespace'>;
  sources: readonly LogSource[];
  params: LogParams;
  /** Begins the names of downloaded files. */
  file: string;
}

/** The logs of one container or several, merged by time. */
export function LogView({ store, sources, params, file }: LogViewProps): ReactNode {
  const { filter, range, previous } = params;
  const { log, snapshot, ended, onEnd, troubles, onTrouble } = useLogs(filter);
  const [following, setFollowing] = useState(true);
  const [current, setCurrent] = useState<LogRow>();
  const [isOpen, setOpen] = useState(false);
  const isNarrow = useMedia('(max-width: 48rem)');
  const wrap = params.wrap ?? isNarrow;
  // The minute keeps what is rendered from changing every second.
  const minute = Math.floor(useNow() / 60_000) * 60_000;
  const [since] = useState(() => sinceOf(params, Date.now()));
  const isSeveral = sources.length > 1;
  const byKey = useKnown(sources);
  const labels = useMemo(() => new Map([...byKey.values()].map(({ key, label }) => [key, label])), [byKey]);
  const { last, from, to } = range;
  const cut = useCallback(
    (rows: readonly LogRow[]): readonly LogRow[] => {
      const bounds = boundsOf({ last, from, to }, minute + 60_000);
      return rows.slice(upperBound(rows, bounds.from - 1), upperBound(rows, bounds.to));
    },
    [last, from, to, minute],
  );
  // A new list each time, because the snapshot's is changed in place.
  const rows = useMemo(() => cut(snapshot.rows), [cut, snapshot]);
  const matches = useMemo(() => cut(snapshot.matches), [cut, snapshot]);

  const follow = useCallback(
    (on: boolean): void => {
      if (on) log.release();
      else log.hold();
      setFollowing(on);
    },
    [log],
  );
  const move = useCallback(
    (row: LogRow): void => {
      follow(false);
      setCurrent(row);
    },
    [follow],
  );
  const copy = useCallback(
    (row: LogRow): void => {
      const text = toLineText(row, isSeveral ? labels.get(row.source) : undefined);
      void copyText(text).then((done) => done && toast.success('Line copied'));
    },
    [isSeveral, labels],
  );
  const place = current ? matches.indexOf(current) : -1;
  const step = (by: 1 | -1): void => {
    const start = place < 0 ? (by > 0 ? -1 : matches.length) : place;
    const next = matches[(start + by + matches.length) % matches.length];
    if (next) move(next);
  };
  const download = (what: readonly LogRow[]): void =>
    downloadText(`${file}.log`, toLogText(what, isSeveral ? labels : undefined));
  const on = useMemo(() => ({ follow, move, copy }), [follow, move, copy]);
  const start = { tail: Math.floor(MAX_LINES / Math.max(1, Math.min(sources.length, 5))), since, previous };

  return (
    <>
      {toFollowed(sources, ended).map((source) => (
        <FollowContainer
          key={source.key}
          id={store.id}
          source={source}
          start={start}
          logs={{ log, onEnd, onTrouble }}
        />
      ))}
      <div className={styles.bar} data-open={isOpen}>
        <LogSearch
          filter={filter}
          slow={snapshot.slow}
          place={{ at: place + 1, count: matches.length }}
          onStep={step}
        />
        <span className={styles.acts}>
          <span className={styles.more}>
            <IconButton
              icon={SlidersHorizontal}
              label="Filters"
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            />
          </span>
          <button type="button" className={styles.follow} aria-pressed={following} onClick={() => follow(!following)}>
            <ArrowDownToLine aria-hidden />
            {following ? 'Following' : snapshot.waiting > 0 ? `Follow (${snapshot.waiting} new)` : 'Follow'}
          </button>
          <Menu
            label="More log actions"
            items={[
              { label: `Download shown lines (${rows.length})`, onSelect: () => download(rows) },
              { label: `Download all loaded lines (${snapshot.total})`, onSelect: () => download(log.all) },
              {
                label: 'Copy as kubectl',
                separated: true,
                onSelect: () =>
                  void copyText(toKubectl(sources, { namespace: store.namespace, previous, since })).then(
                    (done) => done && toast.success('Command copied'),
                  ),
              },
            ]}
          >
            <EllipsisVertical aria-hidden />
          </Menu>
        </span>
      </div>
      <div className={styles.second} data-open={isOpen}>
        <LogOptions params={params} wrap={wrap} probes={snapshot.probes} />
        <output className={styles.count}>
          {rows.length < snapshot.total && `${rows.filter(({ mark }) => !mark).length} of `}
          {snapshot.total} lines{snapshot.dropped > 0 && `, ${snapshot.dropped} older lines dropped`}
        </output>
      </div>
      {[...troubles].map(([key, trouble]) => (
        <p key={key} role="alert" className={styles.error}>
          {isSeveral && `${labels.get(key)}: `}
          {trouble}
        </p>
      ))}
      <LogLines
        log={log}
        rows={rows}
        sources={isSeveral ? byKey : undefined}
        look={{ wrap, following, label: isSeveral ? 'Logs of all containers' : `Log of ${sources[0]?.container}` }}
        current={current}
        on={on}
      />
    </>
  );
}

/** Also those that are gone by now, whose lines are still shown. */
function useKnown(sources: readonly LogSource[]): ReadonlyMap<string, LogSource> {
  const [known, setKnown] = useState<ReadonlyMap<string, LogSource>>(new Map());
  if (sources.every((source) => known.get(source.key) === source)) return known;
  const all = new Map([...known, ...sources.map((source) => [source.key, source] as const)]);
  setKnown(all);
  return all;
}

/** Past lines that the range leaves out need not be read. */
function sinceOf({ range }: LogParams, now: number): string | undefined {
  const { from } = boundsOf(range, now);
  return from === -Infinity ? undefined : new Date(from).toISOString();
}
