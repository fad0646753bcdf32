/** What every engine promises, whatever it is. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { schemaAt } from '@shopyard/contracts';
import { type Ask, type Engine, engines } from '@shopyard/engines';
import type { EmbeddedEngine } from '@shopyard/simulator/processes';
import { temporaryDir } from '@shopyard/testkit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readChart } from '../../src/chart/read-chart.ts';
import { credentialsOf, CREDENTIALS_SECRET } from '../../src/cluster/credentials.ts';
import { teashop } from '../support/fake-engine/engine.ts';
import { toolsFor } from '../support/tools.ts';

interface Manifest {
  kind: string;
  metadata: { name: string };
}

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod']);
const STORE = { id: 'st_0123456789abcdef', name: 'alpha', url: 'http://alpha.localhost' };

async function render(engine: Engine, size: string): Promise<{ text: string; objects: Manifest[] }> {
  using dir = temporaryDir();
  const tools = toolsFor('/dev/null', dir.path);
  const identity = Object.entries(STORE).flatMap(([key, value]) => ['--set-string', `store.${key}=${value}`]);
  const text = await tools.helm('template', 'alpha', engine.chart, '--set', `size=${size}`, ...identity);
  const objects = parseAllDocuments(text).map((document) => document.toJS() as Manifest | null);
  return { text, objects: objects.filter((object) => object !== null) };
}

function credentials(engine: Engine): Record<string, string> {
  return (credentialsOf(STORE, engine) as { stringData: Record<string, string> }).stringData;
}

/** Asks a shop that this listener serves. */
async function shopOf(listener: RequestListener): Promise<Ask> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return async (path, { body, headers } = {}) => {
    const post = body ? { method: 'POST', body: JSON.stringify(body) } : {};
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      ...post,
      headers: headers ?? {},
      redirect: 'manual',
    });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  };
}

async function simulatedShop(engine: Engine): Promise<Ask> {
  const { default: embedded } = (await import(engine.embedded.module)) as { default: EmbeddedEngine };
  const serve = embedded.simulated.flatMap(({ behaviour }) => behaviour.serve ?? [])[0];
  return shopOf((req, res) => serve?.('alpha', req, res));
}

/** As lists are in either Store API: without what they hold. */
const NO_PRODUCTS = '[]';
const VISIT = { values: {}, isNew: true, keepsMail: true };

describe.each([...engines.values(), teashop])('the engine $id', (engine) => {
  test('has one component for the shop, with a port, and one for the database', () => {
    const roles = engine.components.map(({ role }) => role);
    expect(roles.filter((role) => role !== 'task').toSorted()).toEqual(['database', 'web']);
    expect(engine.components.find(({ role }) => role === 'web')?.port).toBeGreaterThan(0);
  });

  test('renders its components, its essential objects and no other workload, in every size', async () => {
    const { sizes } = readChart(engine.chart);
    for (const size of sizes.length > 0 ? sizes.map(({ name }) => name) : ['small']) {
      const { objects } = await render(engine, size);
      const keys = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
      expect(keys, size).toEqual(expect.arrayContaining(engine.essentials(1)));
      const workloads = engine.components.map(({ kind, name }) => `${kind}/${name}${kind === 'Job' ? '-1' : ''}`);
      expect(keys.filter((key) => WORKLOADS.has(key.split('/')[0] ?? '')).toSorted(), size).toEqual(
        workloads.toSorted(),
      );
    }
  });

  test('names only values that its chart has, as settings, versions and fixes', () => {
    const { described } = readChart(engine.chart);
    const paths = [
      ...engine.settings.map(({ path }) => path),
      ...engine.versions.flatMap(({ path }) => (path ? [path] : [])),
      ...Object.values(engine.fixes).flatMap((fields) => fields.map((field) => field.split('.'))),
      ...engine.components.flatMap(({ valuesKey, resourcesKey = valuesKey }) => [[valuesKey], [resourcesKey]]),
    ];
    expect(paths.filter((path) => !schemaAt(described, path)).map((path) => path.join('.'))).toEqual([]);
  });

  test('has administrator pages below a path of the shop, and a time limit for each step', () => {
    expect(engine.adminPath).toMatch(/^\/[\w-]+\/?$/);
    // A link to another site or out of the path would carry the administrator's session.
    for (const page of Object.values(engine.adminPages)) expect(page).not.toMatch(/^\/|:\/\/|\.\./);
    const { database, application, storefront } = engine.budgets;
    for (const seconds of [database, application, storefront]) expect(seconds).toBeGreaterThan(0);
    expect(database + application + storefront).toBeLessThanOrEqual(3600);
  });

  test('creates every claim of its components', async () => {
    const { text } = await render(engine, 'small');
    for (const { name, kind, claim } of engine.components) {
      if (claim === undefined) continue;
      const template = claim.replace(`-${name}-0`, '');
      expect(text, claim).toMatch(new RegExp(`name: ${kind === 'StatefulSet' ? template : claim}$`, 'm'));
    }
  });

  test('has a credential for its login and for every key that its pods refer to, and shows none', async () => {
    const secret = credentials(engine);
    const { text } = await render(engine, 'small');
    const used = [...text.matchAll(/secretKeyRef:\s*\{?\s*name:\s*"?store-credentials"?,?\s*key:\s*"?([\w-]+)/g)].map(
      ([, key = '']) => key,
    );
    expect(CREDENTIALS_SECRET).toBe('store-credentials');
    expect(used.length).toBeGreaterThan(0);
    const needed = [...used, engine.login.username, engine.login.password];
    expect(Object.keys(secret)).toEqual(expect.arrayContaining(needed));
    for (const value of Object.values(secret)) expect(value.length).toBeGreaterThan(7);
    expect(credentials(engine)[engine.login.password]).not.toBe(secret[engine.login.password]);
  });

  test('renders pods that keep its Pod Security level', async () => {
    const { text } = await render(engine, 'small');
    expect(text).not.toMatch(/privileged: true|hostNetwork: true|hostPath:|hostPID: true/);
    if (engine.podSecurity === 'restricted') expect(text).not.toMatch(/runAsUser: 0\b|allowPrivilegeEscalation: true/);
    const pods = text.match(/^ +containers:$/gm) ?? [];
    expect(text.match(/allowPrivilegeEscalation: false/g)?.length).toBeGreaterThanOrEqual(pods.length);
  });

  test('verifies its simulated shop', async () => {
    const verdict = await engine.verify(await simulatedShop(engine), VISIT);
    expect(verdict).toMatchObject({ reason: 'Orderable', saw: expect.stringMatching(/can be ordered\.$/) as string });
  });

  test('finds a shop broken whose pages answer 500', async () => {
    const ask = await shopOf((_req, res) => void res.writeHead(500).end());
    const verdict = await engine.verify(ask, VISIT);
    expect(verdict).toMatchObject({ isBroken: true, missing: { reason: 'PageFails' } });
  });

  test('does not verify a shop without a product', async () => {
    const { default: embedded } = (await import(engine.embedded.module)) as { default: EmbeddedEngine };
    const serve = embedded.simulated.flatMap(({ behaviour }) => behaviour.serve ?? [])[0];
    const ask = await shopOf((req, res) => {
      // Other answers of an API stay: a key, or a region.
      if (!req.url?.includes('.json')) res.end(req.url?.includes('products') ? NO_PRODUCTS : '<h1>Shop</h1>');
      else serve?.('alpha', req, res);
    });
    const verdict = await engine.verify(ask, VISIT);
    expect(verdict).toMatchObject({ isBroken: false, missing: { reason: 'NothingToBuy' } });
  });
});
