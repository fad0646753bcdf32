import type { EngineView } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { noticesOf } from './engine-notices.ts';

const engineWith = (given: Pick<EngineView, 'id' | 'runs'> & { notice?: string }): EngineView => ({
  title: given.id.toUpperCase(),
  about: '',
  embedded: '',
  sizes: [],
  defaults: {},
  components: [],
  fixes: {},
  versions: [],
  adminTitle: 'Admin',
  adminPages: {},
  mail: false,
  ...given,
});

const plain = engineWith({ id: 'plain', runs: 'real' });
const installs = engineWith({ id: 'installs', runs: 'real', notice: 'The first store installs it.' });
const missing = engineWith({ id: 'missing', runs: 'unavailable', notice: 'Install npm.' });

test('says what the first store of the chosen engine takes, until one has been Ready', () => {
  const READY = '2026-01-01T00:00:00.000Z';
  expect(noticesOf([plain, installs], plain, [])).toEqual([]);
  expect(noticesOf([plain, installs], installs, [])).toEqual(['The first store installs it.']);
  expect(noticesOf([plain, installs], installs, [{ engine: 'installs' }])).toEqual(['The first store installs it.']);
  expect(noticesOf([plain, installs], installs, [{ engine: 'plain', readyAt: READY }])).toHaveLength(1);
  expect(noticesOf([plain, installs], installs, [{ engine: 'installs', readyAt: READY }])).toEqual([]);
});

test("says why an engine can't be chosen", () => {
  expect(noticesOf([plain, missing], plain, [])).toEqual(['No MISSING: Install npm.']);
});
