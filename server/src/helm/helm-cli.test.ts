import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDir } from '@shopyard/testkit';
import { describe, expect, test } from 'vitest';
import type { Helm } from './helm.ts';
import { CRASH_POINT_CHANNEL, type CrashPointMessage } from '../kit/crash-points.ts';
import { createHelmCli, type HelmCliOptions } from './helm-cli.ts';
import { openProcessLedger } from './process-ledger.ts';

const FAKE = fileURLToPath(new URL('../../test/fixtures/fake-helm', import.meta.url));
const { signal } = new AbortController();

type Calls = Partial<Omit<HelmCliOptions, 'caches'>> & { ownCache?: boolean };

function helmIn(dir: string, binary = FAKE, { ownCache = false, ...calls }: Calls = {}): Helm {
  const ledger = openProcessLedger(join(dir, 'running'));
  return createHelmCli({
    helm: binary,
    cluster: { kubeconfig: '/k' },
    caches: { stateDir: dir, ownCache },
    processes: { ledger, timeoutSeconds: 125 },
    ...calls,
  });
}

test('passes values on stdin, never as arguments', async () => {
  using dir = temporaryDir();
  const values = { store: { name: '--set=x', title: '`rm -rf` $(x) "\'\n---\nkind: Pod' } };
  await helmIn(dir.path).upgradeInstall({
    name: 'alpha',
    namespace: 'store-alpha',
    chart: '/charts/store',
    values,
    labels: { a: '1', b: '2' },
    signal,
  });
  expect(JSON.parse(readFileSync(join(dir.path, 'data/stdin'), 'utf8'))).toEqual(values);
  expect(readFileSync(join(dir.path, 'data/args'), 'utf8').trim()).toBe(
    'upgrade --install alpha /charts/store --namespace store-alpha --values - --reset-values --labels a=1,b=2 --history-max 3 --timeout 120s --hide-notes',
  );
});

test('values that cannot be written start nothing, and say where', async () => {
  using dir = temporaryDir();
  const gone = join(dir.path, 'gone');
  const helm = helmIn(gone);
  rmSync(gone, { recursive: true });
  await expect(
    helm.render({ name: 'alpha', namespace: 'x', chart: '/charts/store', values: {}, signal }),
  ).rejects.toMatchObject({
    kind: 'other',
    message: expect.stringContaining(`can't be written below ${gone}`) as string,
  });
});

describe('the environment of helm', () => {
  const seenBy = async (inherited: NodeJS.ProcessEnv, more: Calls = {}): Promise<Record<string, string>> => {
    using dir = temporaryDir();
    const helm = helmIn(dir.path, FAKE, { inherited: { PATH: process.env['PATH'], ...inherited }, ...more });
    await helm.uninstall({ name: 'alpha', namespace: 'x' }, signal);
    const lines = readFileSync(join(dir.path, 'data/env'), 'utf8').trim().split('\n');
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
  };

  test('is what kubectl has: home, cloud settings, proxies', async () => {
    const given = { HOME: '/home/operator', AWS_PROFILE: 'prod', https_proxy: 'http://proxy:3128', LC_ALL: 'C' };
    expect(await seenBy(given)).toMatchObject({ ...given, KUBECONFIG: '/k' });
  });

  test('has no variable of Shopyard, such as a secret', async () => {
    const env = await seenBy({ SHOPYARD_AUTH_SECRET: 'leak-me', SHOPYARD_TOKEN: 'leak-me' });
    expect(JSON.stringify(env)).not.toContain('leak-me');
  });

  test('keeps releases in the cluster of the kubeconfig, whatever helm is set to elsewhere', async () => {
    const env = await seenBy({ HELM_DRIVER: 'sql', HELM_KUBEAPISERVER: 'https://other', HELM_NAMESPACE: 'other' });
    expect(env).toMatchObject({ HELM_DRIVER: 'configmap' });
    expect(Object.keys(env)).not.toContain('HELM_KUBEAPISERVER');
    expect(Object.keys(env)).not.toContain('HELM_NAMESPACE');
  });

  test('leaves the cache of the operator alone where the kubeconfig is our own', async () => {
    expect(await seenBy({}, { ownCache: true })).toMatchObject({ KUBECACHEDIR: expect.stringContaining('kube-cache') });
    expect(Object.keys(await seenBy({}))).not.toContain('KUBECACHEDIR');
  });
});

test('a manifest is rendered from the same inputs as it is applied from, and a hidden line break stays one character', async () => {
  using dir = temporaryDir();
  const values = { store: { title: 'a\u2028b\u0085c\ud83d\ude00' } };
  await helmIn(dir.path).render({ name: 'alpha', namespace: 'store-alpha', chart: '/charts/store', values, signal });
  expect(readFileSync(join(dir.path, 'data/args'), 'utf8').trim()).toBe(
    'template alpha /charts/store --namespace store-alpha --values - --include-crds',
  );
  const input = readFileSync(join(dir.path, 'data/stdin'), 'utf8');
  expect(input).toBe(String.raw`{"store":{"title":"a\u2028b\u0085c😀"}}`);
  expect(JSON.parse(input)).toEqual(values);
});

test('refuses an oversized manifest instead of truncating it', async () => {
  using dir = temporaryDir();
  const render = helmIn(dir.path).render({ name: 'endless', namespace: 'x', chart: '', values: {}, signal });
  await expect(render).rejects.toMatchObject({ kind: 'too-large' });
});

test.each([
  { method: 'render', count: 0 },
  { method: 'uninstall', count: 1 },
])('reports $count operations that change the cluster for $method', async ({ method, count }) => {
  using dir = temporaryDir();
  const calls = { started: 0, ended: 0 };
  const countCalls = (message: unknown): void => {
    const { point } = message as CrashPointMessage;
    if (point === 'helm-started') calls.started += 1;
    if (point === 'helm-exited') calls.ended += 1;
  };
  subscribe(CRASH_POINT_CHANNEL, countCalls);
  const helm = helmIn(dir.path, FAKE);
  const release = { name: 'alpha', namespace: 'x' };
  if (method === 'render') await helm.render({ ...release, chart: '', values: {}, signal });
  else await helm.uninstall(release, signal);
  unsubscribe(CRASH_POINT_CHANNEL, countCalls);
  expect(calls).toEqual({ started: count, ended: count });
});

test('hooks that an older release may hold are not run when it is removed or rolled back', async () => {
  using dir = temporaryDir();
  const args = (): string => readFileSync(join(dir.path, 'data/args'), 'utf8');
  await helmIn(dir.path).uninstall({ name: 'alpha', namespace: 'x' }, signal);
  expect(args()).toContain(' --no-hooks');
  await helmIn(dir.path).rollback({ name: 'alpha', namespace: 'x' }, 0, signal);
  expect(args()).toMatch(/^rollback alpha 0 --namespace x --no-hooks .*--history-max 3$/m);
});

test('classifies a failure by kind', async () => {
  using dir = temporaryDir();
  await expect(helmIn(dir.path).uninstall({ name: 'locked', namespace: 'x' }, signal)).rejects.toMatchObject({
    kind: 'operation-pending',
  });
});

test('an abort is `cancelled`, not a failure of helm', async () => {
  using dir = temporaryDir();
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 100);
  await expect(helmIn(dir.path).uninstall({ name: 'slow', namespace: 'x' }, abort.signal)).rejects.toMatchObject({
    kind: 'cancelled',
  });
});

test('a missing binary says how to name another', async () => {
  using dir = temporaryDir();
  await expect(helmIn(dir.path, '/no/helm').uninstall({ name: 'a', namespace: 'x' }, signal)).rejects.toThrow(
    /SHOPYARD_HELM/,
  );
});

test.skipIf(process.platform !== 'linux')('what a killed server left running is ended, and nothing else', async () => {
  using dir = temporaryDir();
  const left = spawn(FAKE, ['slow'], { detached: true, stdio: 'ignore' });
  const other = spawn(FAKE, ['slow'], { detached: true, stdio: 'ignore' });
  const ended = new Promise((resolve) => left.once('exit', resolve));
  const ledger = openProcessLedger(dir.path);
  ledger.note(left.pid ?? 0, 'store-alpha');
  // Noted with another start time: a pid that was given to somebody else meanwhile.
  writeFileSync(join(dir.path, String(other.pid)), '1\nstore-beta');
  const namespaces = new Set(['store-alpha', 'store-beta']);
  expect(await openProcessLedger(dir.path).endLeftovers()).toEqual({ ended: 1, namespaces });
  await ended;
  expect(other.exitCode).toBeNull();
  other.kill('SIGKILL');
  expect(await openProcessLedger(dir.path).endLeftovers()).toEqual({ ended: 0, namespaces: new Set() });
});
