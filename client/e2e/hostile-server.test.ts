/**
 * Pages in a browser without its own protection of local addresses, and the server's port: they read no data and change
 * nothing, on whatever origin they are and however the server is bound.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { CHROMIUM, launchUnprotected } from './support/browser.ts';
import { startServer, type TestServer } from './support/server.ts';

if (!CHROMIUM) process.stderr.write('Hostile pages are not tried: there is no browser.\n');

let browser: Browser;

beforeAll(async () => {
  if (!CHROMIUM) return;
  browser = await launchUnprotected();
});
afterAll(async () => browser?.close());

/** What a script gets for each thing that it tries at `base`, by the name of the try. */
function attack(page: Page, base: string, storeId: string): Promise<Record<string, string>> {
  return page.evaluate(
    async ({ base, storeId }) => {
      const patient = (promise: Promise<string>): Promise<string> =>
        Promise.race([promise, new Promise<string>((resolve) => setTimeout(() => resolve('nothing'), 2000))]);
      const ask = (path: string, init: RequestInit = {}): Promise<string> =>
        patient(
          fetch(base + path, init).then(
            async (response) => `${response.type} ${response.status} ${(await response.text()).slice(0, 200)}`,
            (error: unknown) => String(error),
          ),
        );
      const body = JSON.stringify({ name: 'taken' });
      const webSocket = patient(
        new Promise((resolve) => {
          const opened = new WebSocket(`${base.replace('http', 'ws')}/trpc`);
          opened.addEventListener('open', () => resolve('opened'));
          opened.addEventListener('error', () => resolve('refused'));
        }),
      );
      const script = patient(
        new Promise((resolve) => {
          const included = Object.assign(document.createElement('script'), { src: `${base}/openapi.json` });
          included.addEventListener('load', () => resolve('loaded'));
          included.addEventListener('error', () => resolve('refused'));
          document.head.append(included);
        }),
      );
      const submit = async (enctype: string, name: string): Promise<string> => {
        const form = document.createElement('form');
        Object.assign(form, { method: 'POST', enctype, action: `${base}/stores`, target: `sink-${name}` });
        form.append(Object.assign(document.createElement('input'), { name: `{"name":"${name}","x":"`, value: '"}' }));
        const frame = Object.assign(document.createElement('iframe'), { name: `sink-${name}` });
        document.body.append(frame, form);
        const loaded = patient(new Promise((resolve) => frame.addEventListener('load', () => resolve('loaded'))));
        form.submit();
        return loaded;
      };
      const framed = async (): Promise<string> => {
        const frame = Object.assign(document.createElement('iframe'), { src: `${base}/stores` });
        const loaded = patient(new Promise((resolve) => frame.addEventListener('load', () => resolve('loaded'))));
        document.body.append(frame);
        await loaded;
        try {
          return frame.contentDocument?.body.textContent?.slice(0, 200) ?? 'closed';
        } catch (error) {
          return String(error);
        }
      };
      navigator.sendBeacon(`${base}/stores`, JSON.stringify({ name: 'beaconed' }));
      return {
        list: await ask('/stores'),
        trpc: await ask('/trpc/stores.list'),
        store: await ask(`/stores/${storeId}`),
        metrics: await ask('/metrics'),
        openapi: await ask('/openapi.json'),
        reveal: await ask(`/stores/${storeId}/credentials`, { method: 'POST' }),
        create: await ask('/stores', { method: 'POST', body }),
        'blind create': await ask('/stores', { method: 'POST', body, mode: 'no-cors' }),
        'create by tRPC': await ask('/trpc/stores.create', { method: 'POST', body, mode: 'no-cors' }),
        update: await ask(`/stores/${storeId}`, { method: 'PATCH', body: '{"values":{"size":"large"}}' }),
        delete: await ask(`/stores/${storeId}`, { method: 'DELETE' }),
        webSocket: await webSocket,
        script: await script,
        'plain form': await submit('text/plain', 'formed'),
        'encoded form': await submit('application/x-www-form-urlencoded', 'encoded'),
        frame: await framed(),
      };
    },
    { base, storeId },
  );
}

interface Victim {
  server: TestServer;
  url: URL;
  storeId: string;
}

async function startVictim(env: Record<string, string>): Promise<Victim> {
  const server = await startServer({ SHOPYARD_SIMULATOR_SPEED: '0', ...env });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const { body } = await server.call('POST', '/stores', { name: 'shop' });
  return { server, url: new URL(server.url), storeId: String(body['id']) };
}

/** Opens a page of the attacker at this address and attacks from it. */
async function attackFrom(at: string, base: string, storeId: string): Promise<Record<string, string>> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route(at, (route) => route.fulfill({ contentType: 'text/html', body: '<body>hostile</body>' }));
  await page.goto(at);
  const got = await attack(page, base, storeId);
  await context.close();
  return got;
}

async function storesOf({ server }: Victim): Promise<unknown> {
  const { body } = await server.call('GET', '/stores');
  return (body['stores'] as { name: string; generation: number }[]).map(({ name, generation }) => [name, generation]);
}

const BINDINGS = [
  { bound: 'on loopback', env: {} },
  { bound: 'on all addresses', env: { SHOPYARD_HOST: '0.0.0.0', SHOPYARD_INSECURE_NO_AUTH: '1' } },
];

describe.runIf(CHROMIUM).each(BINDINGS)('bound $bound', ({ env }) => {
  test.each([
    { what: 'on another origin', at: () => 'http://evil.test/', rebound: false },
    { what: 'on another port', at: () => 'http://localhost:1/', rebound: false },
    { what: "on a store's origin", at: ({ port }: URL) => `http://shop.localhost:${port}/owned`, rebound: false },
    { what: 'on a rebound name', at: ({ port }: URL) => `http://rebound.test:${port}/owned`, rebound: true },
  ])('a page $what reads no data and changes nothing', { timeout: 90_000 }, async ({ at, rebound }) => {
    const victim = await startVictim(env);
    const { url, storeId } = victim;
    const page = at(url);
    const bases = [url.origin, `http://127.0.0.1:${url.port}`, ...(rebound ? [new URL(page).origin] : [])];
    const before = await storesOf(victim);
    for (const base of bases) {
      const got = await attackFrom(page, base, storeId);
      expect(got['webSocket'], base).toBe('refused');
      expect(got['script'], base).toBe('refused');
      for (const [what, answer] of Object.entries(got))
        expect(answer, `${what} at ${base}`).not.toMatch(
          /(?:basic|cors|default) 2\d\d|"name"|"stores"|store-shop|openapi/,
        );
    }
    if (rebound) {
      const got = await attackFrom(page, new URL(page).origin, storeId);
      for (const what of ['list', 'trpc', 'store', 'metrics', 'reveal', 'create', 'update', 'delete'])
        expect(got[what], what).toMatch(/^basic 403 /);
    }
    expect(await storesOf(victim)).toEqual(before);
  });

  test("the same script on the dashboard's own origin reads and changes: the attack would work", async () => {
    const victim = await startVictim(env);
    const got = await attackFrom(`${victim.url.origin}/owned`, victim.url.origin, victim.storeId);
    expect(got['list']).toMatch(/^basic 200 .*"name":"shop"/);
    expect(got['webSocket']).toBe('opened');
    for (const what of ['create', 'update', 'delete']) expect(got[what], what).toMatch(/^basic 202 /);
    expect(got['plain form']).toBe('loaded');
    expect(await storesOf(victim)).toEqual(expect.arrayContaining([expect.arrayContaining(['taken'])]));
  });
});
