import { expect, test } from 'vitest';
import { reportIn } from './run-task.ts';

test('finds the report among the lines of a log', () => {
  const lines = ['setup: verify', 'setup: versions {"wordpress":"7.1"}', 'setup: done'];
  expect(lines.map(reportIn)).toEqual([undefined, '{"wordpress":"7.1"}', undefined]);
});
