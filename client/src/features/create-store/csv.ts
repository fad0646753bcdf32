/** Reads CSV as RFC 4180 has it, with commas, semicolons or tabs. Pure. */

export interface CsvRow {
  /** Of its first character, from 1. */
  line: number;
  /** The row as it was written. */
  text: string;
  cells: string[];
  /** A quote that is not closed, or that text follows. */
  broken: boolean;
}

/** Skips empty lines. A quoted cell may hold the separator, line breaks, and quotes written twice. */
export function parseCsv(text: string, separator: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let [at, line] = [0, 1];
  while (at < text.length) {
    const row = parseRow(text, at, separator);
    if (row.text.trim() !== '') rows.push({ line, text: row.text, cells: row.cells, broken: row.broken });
    line += text.slice(at, row.next).split('\n').length - 1;
    at = row.next;
  }
  return rows;
}

function parseRow(text: string, start: number, separator: string): Omit<CsvRow, 'line'> & { next: number } {
  const cells: string[] = [];
  let [at, broken] = [start, false];
  for (;;) {
    const cell = parseCell(text, at, separator);
    cells.push(cell.value);
    broken ||= cell.broken;
    at = cell.next;
    if (text[at] !== separator) break;
    at += 1;
  }
  return { text: text.slice(start, at).replace(/\r$/, ''), cells, broken, next: at + 1 };
}

/** `next`: place of the separator, of the line break, or the end. */
function parseCell(text: string, start: number, separator: string): { value: string; broken: boolean; next: number } {
  const [quoted] = /^[ \t]*"(?:[^"]|"")*"/.exec(text.slice(start)) ?? [];
  const begin = start + (quoted?.length ?? 0);
  const rest = [separator, '\n'].map((sign) => text.indexOf(sign, begin)).filter((place) => place >= 0);
  const next = Math.min(text.length, ...rest);
  const after = text.slice(begin, next).trim();
  if (quoted === undefined) return { value: after, broken: after.startsWith('"'), next };
  return { value: quoted.trim().slice(1, -1).replaceAll('""', '"'), broken: after !== '', next };
}
