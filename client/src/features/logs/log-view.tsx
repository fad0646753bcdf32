import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { downloadText } from '../../lib/download.ts';
import { useVirtualRows } from '../../lib/use-virtual-rows.ts';
import { type LogRow, searchLog } from './log-buffer.ts';
import styles from './logs.module.css';
import { useLog } from './use-log.ts';

/** Must match logs.module.css. */
const LINE_PX = 20;
const OVERSCAN = 20;
/** A scroll position this close to the end counts as the end. */
const END_PX = 30;

interface LogViewProps {
  id: string;
  store: string;
  pod: string;
  container: string;
  previous: boolean;
}

/** Follows the log until the user scrolls up; resumes at the end of the log or on Follow. */
export function LogView({ id, store, pod, container, previous }: LogViewProps): ReactNode {
  const { log, error } = useLog({ id, pod, container, previous });
  const [word, setWord] = useState('');
  const rows = useMemo(() => searchLog(log.rows, word), [log.rows, word]);
  const scroller = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  const [seen, setSeen] = useState(0);
  const last = log.rows.at(-1)?.n ?? -1;
  const { items, total } = useVirtualRows({ count: rows.length, scroller, rowPx: LINE_PX, overscan: OVERSCAN });
  useEffect(() => {
    const element = scroller.current;
    if (following && element && total > 0) element.scrollTop = total;
  }, [following, total]);

  const onScroll = (): void => {
    const element = scroller.current;
    if (!element) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < END_PX;
    if (following && !atEnd) setSeen(last);
    setFollowing(atEnd);
  };
  const missed = following ? 0 : last - seen;

  return (
    <>
      <p className={styles.choice}>
        <input
          type="search"
          placeholder="Search"
          aria-label="Search the log"
          value={word}
          onChange={(event) => setWord(event.target.value)}
        />
        <output className={styles.count}>
          {word ? `${rows.filter(({ mark }) => !mark).length} of ` : ''}
          {log.rows.length} lines{log.dropped > 0 && `, ${log.dropped} older ones dropped`}
        </output>
        <button type="button" aria-pressed={following} onClick={() => setFollowing(!following)}>
          {following ? 'Following' : missed > 0 ? `Follow (${missed} new)` : 'Follow'}
        </button>
        <button
          type="button"
          onClick={() => downloadText(`${store}-${pod}-${container}.log`, log.rows.map(toText).join('\n'))}
        >
          Download
        </button>
      </p>
      {error && (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <div
        ref={scroller}
        className={styles.scroller}
        onScroll={onScroll}
        tabIndex={0}
        role="log"
        aria-label={`Log of ${container}`}
        aria-live="off"
      >
        <div style={{ blockSize: total }} className={styles.lines}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            return (
              row && (
                <p
                  key={row.n}
                  className={styles.line}
                  data-mark={row.mark}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  {row.at && <time title={row.at}>{row.at.slice(11, 23)}</time>}{' '}
                  {word && !row.mark ? <Found row={row} word={word} /> : row.text}
                </p>
              )
            );
          })}
        </div>
      </div>
      {/* oxlint-enable jsx-a11y/no-noninteractive-tabindex */}
    </>
  );
}

function Found({ row: { text }, word }: { row: LogRow; word: string }): ReactNode {
  const at = text.toLowerCase().indexOf(word.toLowerCase());
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + word.length)}</mark>
      {text.slice(at + word.length)}
    </>
  );
}

function toText({ at, text, mark }: LogRow): string {
  return mark ? `--- ${text}` : `${at} ${text}`;
}
