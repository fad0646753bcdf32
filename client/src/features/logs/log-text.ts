/** Lines as plain text, with times in UTC. Pure. */
import type { LogRow } from './log-buffer.ts';

/** `labels`: the name of each container, if several are shown. */
export function toLogText(rows: readonly LogRow[], labels: ReadonlyMap<string, string> | undefined): string {
  return rows.map((row) => toLineText(row, labels?.get(row.source))).join('\n');
}

export function toLineText({ at, text, mark }: LogRow, label: string | undefined): string {
  return [mark ? '---' : at, ...(label === undefined ? [] : [label]), text].join(' ');
}
