import { Copy } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { Time } from '../../ui/time.tsx';
import type { LogRow } from './log-buffer.ts';
import type { LogSource } from './log-sources.ts';
import styles from './log-lines.module.css';

interface LogLineProps {
  row: LogRow;
  /** Its container, if several are shown. */
  source: LogSource | undefined;
  ranges: readonly number[];
  isCurrent: boolean;
  onCopy: (row: LogRow) => void;
}

/** Time, container, level if it is one to notice, and text. */
export const LogLine = memo(function LogLine({ row, source, ranges, isCurrent, onCopy }: LogLineProps): ReactNode {
  const { at, text, level, mark } = row;
  return (
    <p className={styles.line} data-mark={mark} data-level={level} aria-current={isCurrent ? 'true' : undefined}>
      {at && <Time at={at} millis />}{' '}
      {source && (
        <>
          <span className={styles.source} data-colour={source.colour}>
            {source.label}
          </span>{' '}
        </>
      )}
      {level !== 'info' && (
        <>
          <span className={styles.level}>{level}</span>{' '}
        </>
      )}
      {ranges.length > 0 ? toPieces(text, ranges) : text}
      {!mark && (
        // By keyboard, the current line is copied.
        <button
          type="button"
          tabIndex={-1}
          className={styles.copy}
          aria-label="Copy line"
          title="Copy line"
          onClick={() => onCopy(row)}
        >
          <Copy aria-hidden />
        </button>
      )}
    </p>
  );
});

function toPieces(text: string, ranges: readonly number[]): ReactNode[] {
  const pieces: ReactNode[] = [];
  let from = 0;
  for (let index = 0; index < ranges.length; index += 2) {
    const [start = 0, end = 0] = ranges.slice(index, index + 2);
    pieces.push(text.slice(from, start), <mark key={start}>{text.slice(start, end)}</mark>);
    from = end;
  }
  return [...pieces, text.slice(from)];
}
