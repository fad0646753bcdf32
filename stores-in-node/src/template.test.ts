import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Spec } from './spec.ts';
import { templateOf } from './template.ts';

const CODE = { wordpress: '/w', woocommerce: '/c', sqlite: '/s' };

function place(): {
  spec: (name: string, script?: string) => Spec;
  fill: (name: string, text: string) => void;
  read: (name: string) => string;
} {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-template-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const database = (name: string): string => join(dir, name, 'database/store.sqlite');
  return {
    spec: (name, script = 'php') => {
      mkdirSync(join(dir, name), { recursive: true });
      return {
        task: 'setup',
        volume: join(dir, name),
        cache: join(dir, 'cache'),
        zips: { wordpress: '', woocommerce: '' },
        env: {},
        script,
      };
    },
    fill(name, text) {
      mkdirSync(join(dir, name, 'wp-content'), { recursive: true });
      mkdirSync(join(dir, name, 'database'), { recursive: true });
      writeFileSync(database(name), text);
    },
    read: (name) => readFileSync(database(name), 'utf8'),
  };
}

test('the first store is kept, the second begins as its copy, until it is adopted', () => {
  const { spec, fill, read } = place();
  const first = templateOf(spec('one'), CODE);
  expect(first.restore()).toBe(false);
  fill('one', 'as set up');
  first.save();
  const second = templateOf(spec('two'), CODE);
  expect(second.restore()).toBe(true);
  expect(read('two')).toBe('as set up');
  // Killed before its password was changed: it still is a copy.
  const again = templateOf(spec('two'), CODE);
  expect(again.restore()).toBe(true);
  again.adopted();
  expect(templateOf(spec('two'), CODE).restore()).toBe(false);
});

test('a copy that was killed half way is made anew; the database comes last', () => {
  const { spec, fill, read } = place();
  const first = templateOf(spec('one'), CODE);
  fill('one', 'whole');
  first.save();
  const killed = spec('two');
  writeFileSync(join(killed.volume, 'copied'), '');
  mkdirSync(join(killed.volume, 'database.new'));
  writeFileSync(join(killed.volume, 'database.new/store.sqlite'), 'ha');
  expect(templateOf(killed, CODE).restore()).toBe(true);
  expect(read('two')).toBe('whole');
});

test('another script has another template; what was there is never replaced', () => {
  const { spec, fill, read } = place();
  const first = templateOf(spec('one'), CODE);
  fill('one', 'first');
  first.save();
  expect(templateOf(spec('two', 'other php'), CODE).restore()).toBe(false);
  fill('three', 'own');
  expect(templateOf(spec('three'), CODE).restore()).toBe(false);
  expect(read('three')).toBe('own');
  expect(existsSync(join(spec('three').volume, 'copied'))).toBe(false);
});
