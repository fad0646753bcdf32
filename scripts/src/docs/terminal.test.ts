import { expect, test } from 'vitest';
import { Terminal } from './terminal.ts';

const screen = (...outputs: string[]): string[] => {
  const terminal = new Terminal();
  for (const output of outputs) terminal.write(output);
  return terminal.lines;
};

test('keeps lines in order', () => {
  expect(screen('one\r\ntwo\r\n', '\r\n', 'three\r\n')).toEqual(['one', 'two', '', 'three']);
});

test('redraws rows in place after moving up and erasing', () => {
  const rows = '\u001B[2Ka Queued\n\u001B[2Kb Queued\n';
  expect(screen('title\n', rows, `\u001B[2A${rows.replace('a Queued', 'a')}`)).toEqual(['title', 'a', 'b Queued']);
});

test('inserts a line above the rows', () => {
  expect(screen('a\nb\n', '\u001B[2A\u001B[Jnote\n', 'a\nb\n')).toEqual(['note', 'a', 'b']);
});
