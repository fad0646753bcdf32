import type { LogEvent } from '@shopyard/contracts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LogBuffer, MAX_LINES, upperBound } from './log-buffer.ts';

/** One line per second given, with the second as its text. */
const lines = (...seconds: number[]): LogEvent => ({
  type: 'lines',
  lines: seconds.map((second) => ({ at: new Date(second * 1000).toISOString(), text: String(second) })),
});
const said = (...texts: string[]): LogEvent => ({
  type: 'lines',
  lines: texts.map((text) => ({ at: '2026-01-01T00:00:00Z', text })),
});
const texts = ({ rows }: LogBuffer): string[] => rows.map(({ source, text }) => `${source} ${text}`);

test('merges logs by time, keeps the order within each, and numbers rows by arrival', () => {
  const buffer = new LogBuffer();
  buffer.append('a', lines(1, 4, 7));
  buffer.append('b', lines(0, 4, 5, 9));
  buffer.append('a', lines(8));
  expect(texts(buffer)).toEqual(['b 0', 'a 1', 'a 4', 'b 4', 'b 5', 'a 7', 'a 8', 'b 9']);
  expect(new Set(buffer.rows.map(({ n }) => n)).size).toBe(8);
});

test('keeps the order of a log whose clock goes back', () => {
  const buffer = new LogBuffer();
  buffer.append('a', lines(5, 3));
  buffer.append('b', lines(4));
  buffer.append('a', lines(2));
  expect(texts(buffer)).toEqual(['b 4', 'a 5', 'a 3', 'a 2']);
});

test('holds every line of every log in order, however they arrive', () => {
  const batch = fc.record({
    source: fc.constantFrom('a', 'b', 'c'),
    seconds: fc.array(fc.nat(50), { maxLength: 20 }),
  });
  fc.assert(
    fc.property(fc.array(batch, { maxLength: 20 }), (batches) => {
      const buffer = new LogBuffer();
      for (const { source, seconds } of batches) buffer.append(source, lines(...seconds));
      const times = buffer.rows.map(({ time }) => time);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      for (const source of ['a', 'b', 'c'])
        expect(buffer.rows.filter((row) => row.source === source).map(({ text }) => Number(text))).toEqual(
          batches.filter((one) => one.source === source).flatMap(({ seconds }) => seconds),
        );
    }),
  );
});

test('marks where the connection was lost and where the container ended, after its lines', () => {
  const buffer = new LogBuffer();
  buffer.append('a', lines(1));
  buffer.append('b', lines(2));
  buffer.append('a', { type: 'resumed', since: '' });
  buffer.append('a', lines(3));
  buffer.append('a', { type: 'end' });
  expect(buffer.rows.map(({ text, mark }) => (mark ? text : ''))).toEqual([
    '',
    expect.stringMatching(/lost and is back/),
    '',
    '',
    'The container has ended.',
  ]);
});

test('marks the end of an empty log before all lines', () => {
  const buffer = new LogBuffer();
  buffer.append('a', lines(1));
  buffer.append('b', { type: 'end' });
  buffer.append('a', lines(2));
  expect(buffer.rows.map(({ mark }) => mark)).toEqual([true, false, false]);
});

test('keeps the newest MAX_LINES lines and returns those that were dropped', () => {
  const buffer = new LogBuffer();
  buffer.append('a', lines(...Array.from({ length: MAX_LINES }, (_, index) => index)));
  const { added, dropped } = buffer.append('a', lines(MAX_LINES, MAX_LINES + 1));
  expect([added.length, dropped.map(({ text }) => text)]).toEqual([2, ['0', '1']]);
  expect([buffer.rows.length, buffer.rows[0]?.text]).toEqual([MAX_LINES, '2']);
});

test('gives lines of a stack trace the level of their error, within their log', () => {
  const buffer = new LogBuffer();
  buffer.append('a', said('PHP Fatal error:  x', 'Stack trace:', '#0 y'));
  buffer.append('b', said('#1 of nothing'));
  buffer.append('a', said('  thrown in z', 'next'));
  const level = Object.fromEntries(buffer.rows.map((row) => [row.text, row.level]));
  expect(level).toEqual({
    'PHP Fatal error:  x': 'error',
    'Stack trace:': 'error',
    '#0 y': 'error',
    '#1 of nothing': 'info',
    '  thrown in z': 'error',
    next: 'info',
  });
});

test('finds how many rows are up to a time', () => {
  const buffer = new LogBuffer();
  buffer.append('a', lines(1, 2, 2, 5));
  expect([0, 1, 2, 4, 9].map((second) => upperBound(buffer.rows, second * 1000))).toEqual([0, 1, 3, 3, 4]);
});
