import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { createManifestGuard } from './manifest-guard.ts';

const { signal } = new AbortController();
const GOOD = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: setup }\n';
const BAD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: x }\n';
const alpha = { name: 'alpha', namespace: 'store-alpha', values: { size: 'small' }, signal };

/** A guard with a single-file chart; helm renders `manifest`. */
function guardIn(dir: string): { rendered: string[]; manifest: string; check: (change?: object) => Promise<void> } {
  mkdirSync(join(dir, 'chart/templates'), { recursive: true });
  writeFileSync(join(dir, 'chart/templates/a.yaml'), 'a');
  const state = { rendered: [] as string[], manifest: GOOD };
  const render = ({ namespace }: { namespace: string }): Promise<string> => {
    state.rendered.push(namespace);
    return Promise.resolve(state.manifest);
  };
  const guard = createManifestGuard({ render });
  return Object.assign(state, {
    check: (change: object = {}) => guard.check({ ...alpha, chart: join(dir, 'chart'), ...change }),
  });
}

test('refuses a manifest with a terminal error that says why', async () => {
  using dir = temporaryDir();
  const guard = guardIn(dir.path);
  guard.manifest = BAD;
  await expect(guard.check()).rejects.toMatchObject({
    reason: 'ManifestRefused',
    message: expect.stringContaining('it holds a Pod (v1)') as string,
  });
  await expect(guard.check()).rejects.toThrow('it holds a Pod');
  expect(guard.rendered).toHaveLength(2);
});

test('renders the same inputs once, changed inputs again', async () => {
  using dir = temporaryDir();
  const guard = guardIn(dir.path);
  const rendersAgain = async (change?: object): Promise<boolean> => {
    const before = guard.rendered.length;
    await guard.check(change);
    return guard.rendered.length > before;
  };
  expect(await rendersAgain()).toBe(true);
  expect(await rendersAgain()).toBe(false);
  expect(await rendersAgain({ values: { size: 'large' } })).toBe(true);
  expect(await rendersAgain({ values: { size: 'small' } })).toBe(true);
  expect(await rendersAgain({ namespace: 'store-beta' })).toBe(true);
  expect(await rendersAgain({ name: 'beta' })).toBe(true);
  expect(await rendersAgain()).toBe(false);
  writeFileSync(join(dir.path, 'chart/templates/a.yaml'), 'c');
  expect(await rendersAgain()).toBe(true);
  writeFileSync(join(dir.path, 'chart/templates/b.yaml'), '');
  expect(await rendersAgain()).toBe(true);
  expect(await rendersAgain()).toBe(false);
});

test('does not cache a refusal or a failure to render as accepted', async () => {
  using dir = temporaryDir();
  const guard = guardIn(dir.path);
  await guard.check();
  guard.manifest = BAD;
  await expect(guard.check({ values: {} })).rejects.toThrow('Pod');
  await expect(guard.check()).rejects.toThrow('Pod');
});
