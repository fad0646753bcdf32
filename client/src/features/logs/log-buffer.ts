/** The newest lines of several logs, merged by time. */
import type { LogEvent } from '@shopyard/contracts';
import { isContinued, isProbe, type Level, levelOf } from './log-level.ts';

/** Older lines are dropped here; the server still has them. */
export const MAX_LINES = 10_000;

export interface LogRow {
  /** Unique, in order of arrival. */
  n: number;
  /** ISO 8601; empty for a mark. */
  at: string;
  /** Epoch milliseconds, for a mark those of its log's line before. Rows are in this order. */
  time: number;
  /** Key of the container. */
  source: string;
  text: string;
  /** Not a log line but a note about the stream, such as a lost connection. */
  mark: boolean;
  level: Level;
  probe: boolean;
}

export interface Change {
  added: LogRow[];
  /** The oldest rows, which made room. */
  dropped: LogRow[];
}

interface Source {
  time: number;
  level: Level;
}

export class LogBuffer {
  readonly rows: LogRow[] = [];
  readonly #sources = new Map<string, Source>();
  #arrived = 0;

  append(source: string, event: LogEvent): Change {
    const added = event.type === 'lines' ? event.lines.map((line) => this.#toRow(source, line)) : [];
    if (event.type !== 'lines') {
      const time = this.#sources.get(source)?.time ?? 0;
      const row = { n: (this.#arrived += 1), at: '', time, source, text: markOf(event.type) };
      added.push({ ...row, mark: true, level: 'info', probe: false });
    }
    insertRows(this.rows, added);
    const dropped = this.rows.splice(0, Math.max(0, this.rows.length - MAX_LINES));
    return { added, dropped };
  }

  #toRow(source: string, { at, text }: { at: string; text: string }): LogRow {
    const last = this.#sources.get(source);
    // A log's own order wins over its times.
    const time = Math.max(Date.parse(at) || 0, last?.time ?? 0);
    const level = levelOf(text) ?? (isContinued(text) ? last?.level : undefined) ?? 'info';
    this.#sources.set(source, { time, level });
    return { n: (this.#arrived += 1), at, time, source, text, mark: false, level, probe: isProbe(text) };
  }
}

function markOf(type: 'resumed' | 'end'): string {
  return type === 'end'
    ? 'The container has ended.'
    : 'The connection was lost and is back; lines written meanwhile follow.';
}

/** Inserts rows in order of their time, after those of the same time. Both lists are in order; most often it appends. */
export function insertRows(rows: LogRow[], added: readonly LogRow[]): void {
  const [first] = added;
  if (!first) return;
  const at = upperBound(rows, first.time);
  const later = rows.splice(at);
  let next = 0;
  for (const row of added) {
    for (let one = later[next]; one && one.time <= row.time; one = later[next]) {
      rows.push(one);
      next += 1;
    }
    rows.push(row);
  }
  for (const row of later.slice(next)) rows.push(row);
}

/** Number of rows up to this time, included. */
export function upperBound(rows: readonly LogRow[], time: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.time ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
