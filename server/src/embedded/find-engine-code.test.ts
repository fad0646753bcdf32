import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engines } from '@shopyard/engines';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { readConfig } from '../config/config.ts';
import { type EngineCode, findEngineCode } from './find-engine-code.ts';

const find = (environment: Record<string, string>): EngineCode => findEngineCode(engines, readConfig(environment));

interface Present {
  zips: boolean;
  medusa: boolean;
}

/** Engines whose stores are real with this code in the cache. */
function realWith({ zips, medusa }: Present, environment: Record<string, string> = {}): string[] {
  using dir = temporaryDir();
  const cache = join(dir.path, 'shopyard');
  mkdirSync(join(cache, medusa ? 'medusa/current' : 'medusa'), { recursive: true });
  if (zips) for (const name of ['wordpress-7.1', 'woocommerce-11.0.1']) writeFileSync(join(cache, `${name}.zip`), '');
  return [...find({ XDG_CACHE_HOME: dir.path, ...environment }).real.keys()];
}

test.each([
  { zips: true, medusa: true, real: ['woocommerce', 'medusa'] },
  { zips: true, medusa: false, real: ['woocommerce'] },
  { zips: false, medusa: true, real: ['medusa'] },
  { zips: false, medusa: false, real: [] },
])('runs the stores for real whose code is there: zips $zips, Medusa $medusa', ({ real, ...present }) => {
  expect(realWith(present)).toEqual(real);
});

test('runs Medusa for real where npm can install it', () => {
  using bin = temporaryDir();
  expect(realWith({ zips: false, medusa: false }, { PATH: `/nowhere:${bin.path}` })).toEqual([]);
  writeFileSync(join(bin.path, 'npm'), '');
  expect(realWith({ zips: false, medusa: false }, { PATH: `/nowhere:${bin.path}` })).toEqual(['medusa']);
});

test('does not install over an application that the operator names', () => {
  using dir = temporaryDir();
  const { real } = find({ XDG_CACHE_HOME: dir.path, SHOPYARD_MEDUSA: dir.path });
  expect(real.get('medusa')).toMatchObject({ application: dir.path });
  expect(real.get('medusa')).not.toHaveProperty('installs');
});

test('says what the first store takes, or why there can be none and what helps', () => {
  using dir = temporaryDir();
  const noticeWith = (environment: Record<string, string>): object | undefined =>
    find({ XDG_CACHE_HOME: dir.path, ...environment }).notices.get('medusa');
  const none = { isUnavailable: true, text: expect.stringContaining('install npm, then start Shopyard again') };
  expect(noticeWith({ PATH: '/nowhere' })).toEqual(none);
  const named = {
    isUnavailable: true,
    text: 'SHOPYARD_MEDUSA is /nowhere, which does not exist: name another folder.',
  };
  expect(noticeWith({ SHOPYARD_MEDUSA: '/nowhere' })).toEqual(named);
  expect(noticeWith({ PATH: '/nowhere', SHOPYARD_EMBEDDED_STORES: 'simulated' })).toBeUndefined();
  writeFileSync(join(dir.path, 'npm'), '');
  const first = { isUnavailable: false, text: expect.stringContaining('The first store installs Medusa') };
  expect(noticeWith({ PATH: dir.path })).toEqual(first);
  mkdirSync(join(dir.path, 'shopyard/medusa/current'), { recursive: true });
  expect(noticeWith({ PATH: dir.path })).toBeUndefined();
});

test('runs none for real where they are to be simulated', () => {
  expect(realWith({ zips: true, medusa: true }, { SHOPYARD_EMBEDDED_STORES: 'simulated' })).toEqual([]);
});

test('refuses to go on without the code that the operator insists on', () => {
  const nowhere = { SHOPYARD_WORDPRESS_ZIP: '/nowhere/a.zip', SHOPYARD_WOOCOMMERCE_ZIP: '/nowhere/b.zip' };
  expect(() => find({ ...nowhere, SHOPYARD_EMBEDDED_STORES: 'real' })).toThrow(
    'SHOPYARD_EMBEDDED_STORES=real needs /nowhere/a.zip and /nowhere/b.zip: no such file',
  );
});
