import { expect, test } from 'vitest';
import { appendLog, EMPTY_LOG, MAX_LINES, searchLog } from './log-buffer.ts';

const lines = (...texts: string[]): { type: 'lines'; lines: { at: string; text: string }[] } => ({
  type: 'lines',
  lines: texts.map((text) => ({ at: '2026-01-01T00:00:00Z', text })),
});

test('appends lines, with a mark where the connection was lost and where the container ended', () => {
  const log = [lines('a', 'b'), { type: 'resumed' as const, since: 't' }, lines('c'), { type: 'end' as const }].reduce(
    appendLog,
    EMPTY_LOG,
  );
  expect(log.rows.map(({ n, mark }) => [n, mark])).toEqual([
    [0, false],
    [1, false],
    [2, true],
    [3, false],
    [4, true],
  ]);
  expect(log.rows[2]?.text).toMatch(/lost and is back/);
  expect(log.ended).toBe(true);
  expect(appendLog(log, lines('again')).ended).toBe(false);
});

test('keeps the newest MAX_LINES lines and continues their numbering', () => {
  const many = lines(...Array.from({ length: MAX_LINES }, (_, index) => String(index)));
  const log = [many, lines('x', 'y')].reduce(appendLog, EMPTY_LOG);
  expect(log.rows).toHaveLength(MAX_LINES);
  expect(log.dropped).toBe(2);
  expect([log.rows[0]?.text, log.rows.at(-1)?.text, log.rows.at(-1)?.n]).toEqual(['2', 'y', MAX_LINES + 1]);
});

test('searches case-insensitively and keeps the marks', () => {
  const log = [lines('PHP Fatal error', 'GET /shop'), { type: 'end' as const }].reduce(appendLog, EMPTY_LOG);
  expect(searchLog(log.rows, 'fatal').map(({ text }) => text)).toEqual(['PHP Fatal error', 'The container has ended.']);
});
