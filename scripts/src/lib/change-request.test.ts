import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { readChange, withSets } from './change-request.ts';

test('reads fields as YAML, and values from a file', () => {
  using dir = temporaryDir();
  const file = join(dir.path, 'values.yaml');
  writeFileSync(file, 'size: large\n');
  const args = ['shop', '--set', 'cron.enabled=false', '--set', 'store.title=A = B', '--values', file, '--apply'];
  expect(readChange(args, 'usage')).toEqual({
    name: 'shop',
    values: { size: 'large' },
    sets: [
      { path: ['cron', 'enabled'], value: false },
      { path: ['store', 'title'], value: 'A = B' },
    ],
    apply: true,
    diff: false,
    reason: undefined,
    confirm: undefined,
  });
});

test('applies outside the window only with a reason', () => {
  expect(readChange(['shop', '--now', '--reason', 'a sale'], 'usage')).toMatchObject({ window: 'now' });
  expect(() => readChange(['shop', '--now'], 'usage')).toThrow('--now: say why with --reason');
});

test.each([[['--set', 'size']], [[]], [['a', 'b']], [['a', '--nonsense']], [['a', '--values', '/nowhere']]])(
  'refuses %j',
  (args) => {
    expect(() => readChange(args.length > 0 && args[0] === '--set' ? ['a', ...args] : args, 'usage')).toThrow(
      /usage|nowhere/,
    );
  },
);

test('lays fields over the values and keeps the others', () => {
  const values = { store: { title: 'A', currency: 'EUR' }, size: 'small' };
  const sets = [
    { path: ['store', 'title'], value: 'B' },
    { path: ['cron', 'enabled'], value: false },
  ];
  expect(withSets(values, sets)).toEqual({
    store: { title: 'B', currency: 'EUR' },
    size: 'small',
    cron: { enabled: false },
  });
  expect(values.store.title).toBe('A');
});
