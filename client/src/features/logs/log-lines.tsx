import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { actOf, type KeyActs, type KeyOf } from '../../lib/shortcuts.ts';
import type { FilteredLog } from './filtered-log.ts';
import type { LogRow } from './log-buffer.ts';
import { LogLine } from './log-line.tsx';
import styles from './log-lines.module.css';
import type { LogSource } from './log-sources.ts';
import { useLogRows } from './use-log-rows.ts';

/** A scroll position this close to the end counts as the end. */
const END_PX = 30;

interface LogLinesProps {
  log: FilteredLog;
  /** A new list whenever its content changes. */
  rows: readonly LogRow[];
  /** By key; none if only one container is shown. */
  sources: ReadonlyMap<string, LogSource> | undefined;
  look: { wrap: boolean; following: boolean; label: string };
  /** The line that the keyboard or a search is at. */
  current: LogRow | undefined;
  on: { follow: (following: boolean) => void; move: (row: LogRow) => void; copy: (row: LogRow) => void };
}

/** The lines. Follows their end until the reader scrolls up; arrows move from line to line, Enter copies one. */
export function LogLines({ log, rows, sources, look, current, on }: LogLinesProps): ReactNode {
  const { wrap, following, label } = look;
  const scroller = useRef<HTMLDivElement>(null);
  const lastTop = useRef(0);
  const virtual = useLogRows({ rows, scroller, wrap });
  const total = virtual.getTotalSize();
  useEffect(() => {
    const element = scroller.current;
    if (following && element) element.scrollTop = element.scrollHeight;
  }, [following, total, rows]);
  const at = current ? rows.indexOf(current) : -1;
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
    // Only a move scrolls, not the lines that arrive meanwhile.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [current]);

  const onScroll = (): void => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    // Lines that arrive, or turn out to be higher, move the end and not the reader.
    const isUp = scrollTop < lastTop.current;
    lastTop.current = scrollTop;
    if (scrollHeight - scrollTop - clientHeight < END_PX) on.follow(true);
    else if (isUp) on.follow(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = (step: number) => () => {
      const next = rows[at < 0 ? rows.length - 1 : Math.min(rows.length - 1, Math.max(0, at + step))];
      if (next) on.move(next);
    };
    const acts: KeyActs<KeyOf<'log'>> = {
      ArrowUp: move(-1),
      ArrowDown: move(1),
      Enter: current && (() => on.copy(current)),
    };
    const act = actOf(acts, event.key);
    if (!act) return;
    act();
    event.preventDefault();
  };

  return (
    // oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- a scrolling region must be reachable by keyboard
    <div
      ref={scroller}
      className={styles.scroller}
      data-wrap={wrap}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      tabIndex={0}
      role="log"
      aria-label={label}
      aria-live="off"
    >
      <div style={{ blockSize: total }} className={styles.lines}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const row = rows[index];
          return (
            row && (
              <div
                key={key}
                ref={wrap ? virtual.measureElement : undefined}
                data-index={index}
                className={styles.row}
                style={{ transform: `translateY(${start}px)` }}
              >
                <LogLine
                  row={row}
                  source={sources?.get(row.source)}
                  ranges={log.rangesOf(row)}
                  isCurrent={row === current}
                  onCopy={on.copy}
                />
              </div>
            )
          );
        })}
      </div>
    </div>
    // oxlint-enable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions
  );
}
