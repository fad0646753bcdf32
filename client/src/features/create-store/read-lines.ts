/** Reads several stores: a title a line, or CSV with a header. Pure. */
import { type CsvRow, parseCsv } from './csv.ts';

const COLUMNS = ['title', 'name', 'currency', 'country', 'size', 'labels'] as const;
type Column = (typeof COLUMNS)[number];
const SEPARATORS = [',', ';', '\t'];

export interface Line {
  /** From 1. */
  line: number;
  /** As it was written. */
  text: string;
  /** By column; an empty cell is left out. */
  cells: Partial<Record<Column, string>>;
  /** What is wrong with the line itself. */
  problems: string[];
}

export interface Lines {
  /** The line with the columns, as it was written. */
  header: string | undefined;
  lines: Line[];
  /** What is wrong with the header. */
  problems: string[];
}

export function readLines(text: string): Lines {
  const first = text.split('\n').find((line) => line.trim() !== '') ?? '';
  const separator = SEPARATORS.find((sign) => isHeader(first, sign));
  if (separator !== undefined) return readCsv(parseCsv(text, separator));
  const lines = text.split('\n').map((line, index) => ({
    line: index + 1,
    text: line.replace(/\r$/, ''),
    cells: { title: line.trim() },
    problems: [],
  }));
  return { header: undefined, lines: lines.filter(({ cells }) => cells.title !== ''), problems: [] };
}

/** Two columns or more, of which one is the title or the name; or one of these alone. */
function isHeader(line: string, separator: string): boolean {
  return toColumns(line.split(separator)).some((name) => name === 'title' || name === 'name');
}

function readCsv([header, ...rows]: CsvRow[]): Lines {
  const columns = toColumns(header?.cells ?? []);
  const unknown = columns.filter((column) => !isColumn(column));
  const twice = columns.filter((column, index) => columns.indexOf(column) !== index);
  return {
    header: header?.text,
    lines: rows.map((row) => toLine(row, columns)),
    problems: [
      ...unknown.map((column) => `unknown column "${column}"; use ${COLUMNS.join(', ')}`),
      ...twice.map((column) => `the column "${column}" appears twice`),
    ],
  };
}

function toLine({ line, text, cells, broken }: CsvRow, columns: readonly string[]): Line {
  const given = columns.flatMap((column, index) => (isColumn(column) && cells[index] ? [[column, cells[index]]] : []));
  const problems = broken
    ? ['close the quotes: write a cell "like this", and a quote inside it as ""']
    : cells.length > columns.length
      ? [`has ${cells.length} cells, and the header ${columns.length}; quote a cell that contains the separator`]
      : [];
  // Only columns are kept, as the keys.
  return { line, text, cells: Object.fromEntries(given) as Line['cells'], problems };
}

const toColumns = (cells: readonly string[]): string[] =>
  cells.map((cell) => cell.trim().replaceAll(/^"|"$/g, '').toLowerCase());

function isColumn(name: string): name is Column {
  return COLUMNS.some((column) => column === name);
}
