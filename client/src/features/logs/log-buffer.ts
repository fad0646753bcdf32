/** The newest lines of a log, numbered. Pure. */
import type { LogEvent } from '@shopyard/contracts';

/** Older lines are dropped here; the server still has them. */
export const MAX_LINES = 10_000;

export interface LogRow {
  /** Unique, increasing from row to row. */
  n: number;
  /** ISO 8601; empty for a mark. */
  at: string;
  text: string;
  /** Not a log line but a note about the stream, such as a lost connection. */
  mark: boolean;
}

export interface LogBuffer {
  rows: readonly LogRow[];
  dropped: number;
  ended: boolean;
}

export const EMPTY_LOG: LogBuffer = { rows: [], dropped: 0, ended: false };

export function appendLog(buffer: LogBuffer, event: LogEvent): LogBuffer {
  if (event.type === 'lines') return push({ ...buffer, ended: false }, event.lines, false);
  const text =
    event.type === 'end'
      ? 'The container has ended.'
      : 'The connection was lost and is back; lines written meanwhile follow.';
  return { ...push(buffer, [{ at: '', text }], true), ended: event.type === 'end' };
}

function push(buffer: LogBuffer, lines: readonly { at: string; text: string }[], mark: boolean): LogBuffer {
  const from = (buffer.rows.at(-1)?.n ?? -1) + 1;
  const rows = [...buffer.rows, ...lines.map((line, index) => ({ ...line, n: from + index, mark }))];
  const excess = Math.max(0, rows.length - MAX_LINES);
  return { ...buffer, rows: excess > 0 ? rows.slice(excess) : rows, dropped: buffer.dropped + excess };
}

/** Rows that contain `word`, ignoring case. Keeps the marks, so that gaps stay visible. */
export function searchLog(rows: readonly LogRow[], word: string): readonly LogRow[] {
  if (word === '') return rows;
  const wanted = word.toLowerCase();
  return rows.filter(({ text, mark }) => mark || text.toLowerCase().includes(wanted));
}
