/**
 * Hostile pages attack the server's port in a browser whose protection of local addresses is off. They read no data and
 * change nothing, whatever their origin and whichever address the server binds to.
 */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { launchUnprotected } from './support/browser.ts';
import { attackFrom } from './support/hostile-script.ts';
import { startServer, type TestServer } from './support/server.ts';

if (!CHROMIUM) process.stderr.write('Skipping the hostile-server tests: no browser found.\n');

const DATA = /"name"|"stores"|store-shop|openapi/;
const CONNECTIONS = ['webSocket', 'eventSource', 'image'];
/** The page can't read these; for a cross-origin one the browser may block the response itself. */
const INCLUDES = ['script', 'link'];
const FORMS = ['plain-form', 'encoded-form', 'multipart-form'];
const VIEWS = ['frame', 'window'];
const NAVIGATIONS = [...FORMS, ...VIEWS];

let browser: Browser;

beforeAll(async () => {
  if (!CHROMIUM) return;
  browser = await launchUnprotected();
});
afterAll(async () => browser?.close());

interface Victim {
  server: TestServer;
  url: URL;
  storeId: string;
}

/** Starts a server with the Ready store `shop`, whose login can be revealed. */
async function startVictim(env: Record<string, string>): Promise<Victim> {
  const server = await startServer({ SHOPYARD_SIMULATOR_SPEED: '0', ...env });
  const { body } = await server.call('POST', '/stores', { name: 'shop' });
  const storeId = String(body['id']);
  const phase = async (): Promise<unknown> => (await server.call('GET', `/stores/${storeId}`)).body['phase'];
  await vi.waitFor(async () => expect(await phase()).toBe('Ready'), { timeout: 20_000 });
  return { server, url: new URL(server.url), storeId };
}

/** Everything an attack could change: the stores, and the recorded calls on `shop`. */
async function stateOf({ server, storeId }: Victim): Promise<{ stores: string[]; calls: string[] }> {
  const { stores } = (await server.call('GET', '/stores')).body as { stores: { name: string; generation: number }[] };
  const { timeline } = (await server.call('GET', `/stores/${storeId}/timeline`)).body as {
    timeline: { kind: string; what: string }[];
  };
  return {
    stores: stores.map(({ name, generation }) => `${name} ${generation}`).toSorted(),
    calls: timeline.flatMap(({ kind, what }) => (kind === 'call' ? [what] : [])),
  };
}

const BINDINGS = [
  { bound: 'on loopback', env: {} },
  { bound: 'on all addresses', env: { SHOPYARD_HOST: '0.0.0.0', SHOPYARD_INSECURE_NO_AUTH: '1' } },
];

describe.runIf(CHROMIUM).each(BINDINGS)('bound $bound', ({ env }) => {
  // One for all attacks: none changes it, and the script that is allowed to comes last.
  let victim: Victim;
  beforeAll(async () => void (victim = await startVictim(env)));
  afterAll(() => victim.server[Symbol.asyncDispose]());

  test.each([
    { what: 'on another origin', at: () => 'http://evil.test/', rebound: false },
    { what: 'on another port', at: () => 'http://localhost:1/', rebound: false },
    { what: "on a store's origin", at: ({ port }: URL) => `http://shop.localhost:${port}/owned`, rebound: false },
    { what: 'on a rebound name', at: ({ port }: URL) => `http://rebound.test:${port}/owned`, rebound: true },
  ])('a page $what reads no data and changes nothing', { timeout: 120_000 }, async ({ at, rebound }) => {
    const { url, storeId } = victim;
    const attacker = at(url);
    const before = await stateOf(victim);
    for (const base of [url.origin, `http://127.0.0.1:${url.port}`, ...(rebound ? [new URL(attacker).origin] : [])]) {
      const { got, statuses } = await attackFrom(browser, { at: attacker, base, storeId });
      for (const what of CONNECTIONS) expect(got[what], `${what} at ${base}`).toBe('refused');
      for (const what of INCLUDES) expect([403, undefined], `${what} at ${base}`).toContain(statuses[what]);
      // Views get the dashboard's page, which no other page may frame, rather than data; by a rebound name, nothing.
      const page = base.includes('rebound.test') ? 403 : 200;
      for (const what of VIEWS) expect(statuses[what], `${what} at ${base}`).toBe(page);
      for (const what of FORMS) expect(statuses[what], `${what} at ${base}`).toBe(403);
      for (const [what, answer] of Object.entries(got)) {
        expect(answer, `${what} at ${base}`).not.toMatch(/^(?:basic|cors|default) 2\d\d/);
        expect(answer, `${what} at ${base}`).not.toMatch(DATA);
      }
      if (base !== new URL(attacker).origin) continue;
      for (const what of ['list', 'trpc', 'store', 'metrics', 'reveal', 'create', 'update', 'delete'])
        expect(got[what], what).toMatch(/^basic 403 /);
    }
    expect(await stateOf(victim)).toEqual(before);
  });

  test.each([
    { what: 'on another origin', at: () => 'http://evil.test/' },
    { what: 'of the store itself', at: ({ port }: URL) => `http://shop.localhost:${port}/owned` },
  ])("a store's address gives a page $what access to nothing but the store", async ({ at }) => {
    const { url, storeId } = victim;
    const before = await stateOf(victim);
    const base = `http://shop.localhost:${url.port}`;
    const { got, statuses } = await attackFrom(browser, { at: at(url), base, storeId });
    for (const what of CONNECTIONS) expect(got[what], what).toBe('refused');
    // The store itself responds, and has no such pages.
    for (const what of ['beacon', ...NAVIGATIONS]) expect(statuses[what], what).toBe(404);
    for (const [what, answer] of Object.entries(got)) expect(answer, what).not.toMatch(DATA);
    expect(await stateOf(victim)).toEqual(before);
  });

  test("the same script succeeds on the dashboard's own origin, so the attack is effective", async () => {
    const { origin } = victim.url;
    const { got, statuses } = await attackFrom(browser, {
      at: `${origin}/owned`,
      base: origin,
      storeId: victim.storeId,
    });
    for (const what of ['list', 'trpc']) expect(got[what], what).toMatch(/^basic 200 .*"name":"shop"/);
    expect(got['reveal']).toMatch(/^basic 200 .*"password"/);
    for (const what of ['create', 'update', 'delete']) expect(got[what], what).toMatch(/^basic 202 /);
    expect(got).toMatchObject({ webSocket: 'open', eventSource: 'open', image: 'load' });
    // Forms that carry no JSON reach the API too, which rejects them as malformed.
    const forms = { 'plain-form': 202, 'encoded-form': 400, 'multipart-form': 400 };
    expect(statuses).toMatchObject({ script: 200, link: 200, frame: 200, window: 200, ...forms });
    const { stores, calls } = await stateOf(victim);
    for (const name of ['beaconed', 'formed', 'taken', 'blind', 'called']) expect(stores).toContain(`${name} 1`);
    expect(calls).toContain('credentials');
  });
});
