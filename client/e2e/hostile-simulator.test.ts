/**
 * Hostile pages that know the embedded cluster's address, including its secret, in a browser whose protection of local
 * addresses is off. They read nothing there and change nothing.
 */
import { readFileSync } from 'node:fs';
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchUnprotected } from './support/browser.ts';
import { startCluster, type TestCluster } from './support/cluster.ts';

if (!CHROMIUM) process.stderr.write('Skipping the hostile-simulator tests: no browser found.\n');
const NAMESPACES = '/api/v1/namespaces';
const POD = `${NAMESPACES}/default/pods`;

let cluster: TestCluster;
let browser: Browser;
/** The cluster's URL, including the secret. */
let url: URL;

beforeAll(async () => {
  if (!CHROMIUM) return;
  cluster = await startCluster();
  url = new URL(/server: (\S+)/.exec(readFileSync(cluster.env['KUBECONFIG'] ?? '', 'utf8'))?.[1] ?? '');
  const pod = { metadata: { name: 'shop' }, spec: { containers: [{ name: 'shop', image: 'wordpress:6' }] } };
  await fetch(url.href + POD, { method: 'POST', body: JSON.stringify(pod) });
  await expectReady();
  browser = await launchUnprotected();
});
afterAll(async () => {
  await browser?.close();
  await cluster?.[Symbol.asyncDispose]();
});

/** Waits until the pod serves pages; otherwise the proxy attacks would fail anyway and prove nothing. */
async function expectReady(): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    if ((await fetch(`${url.href}${POD}/shop/proxy/`)).ok) return;
    if (Date.now() > deadline) throw new Error('the pod is not ready');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Names of all objects that an attack could create or delete. */
async function objects(): Promise<string[]> {
  const lists = await Promise.all(
    ['namespaces', 'pods', 'secrets'].map(async (kind) => {
      const { items } = (await (await fetch(`${url.href}/api/v1/${kind}`)).json()) as {
        items: { metadata: { name: string } }[];
      };
      return items.map(({ metadata }) => `${kind} ${metadata.name}`);
    }),
  );
  return lists.flat();
}

/** Attacks `base` from the page. Returns a line per attempt: the text that the script could read, or how it failed. */
async function attack(page: Page, base: string): Promise<string[]> {
  return page.evaluate(
    async ({ base, namespaces, pod }) => {
      const seen: string[] = [];
      const note = (what: string, got: string): void => void seen.push(`${what}: ${got}`);
      const patient = (promise: Promise<string>): Promise<string> =>
        Promise.race([promise, new Promise<string>((resolve) => setTimeout(() => resolve('nothing'), 2000))]);
      const read = (path: string, init: RequestInit = {}): Promise<string> =>
        patient(
          fetch(base + path, init).then(
            async (response) => `${response.status} ${(await response.text()).slice(0, 200)}`,
            (error: unknown) => String(error),
          ),
        );
      const body = JSON.stringify({ metadata: { name: 'taken' } });
      note('list', await read(namespaces));
      note('secrets', await read('/api/v1/secrets'));
      note('watch', await read(`${namespaces}?watch=true`));
      note('create', await read(namespaces, { method: 'POST', body }));
      note('blind create', await read(namespaces, { method: 'POST', body, mode: 'no-cors' }));
      note('delete', await read(`${pod}/shop`, { method: 'DELETE' }));
      const socket = (path: string): Promise<string> =>
        patient(
          new Promise((resolve) => {
            const opened = new WebSocket(base.replace('http', 'ws') + path, ['v4.channel.k8s.io']);
            opened.addEventListener('open', () => resolve('opened'));
            opened.addEventListener('error', () => resolve('refused'));
          }),
        );
      note('port-forward', await socket(`${pod}/shop/portforward?ports=80`));
      const form = document.createElement('form');
      Object.assign(form, { method: 'POST', enctype: 'text/plain', action: base + namespaces, target: 'sink' });
      const field = Object.assign(document.createElement('input'), {
        name: '{"metadata":{"name":"formed"},"x":"',
        value: '"}',
      });
      const frame = Object.assign(document.createElement('iframe'), { name: 'sink' });
      const loaded = (): Promise<string> =>
        patient(new Promise((resolve) => frame.addEventListener('load', () => resolve('loaded'), { once: true })));
      form.append(field);
      document.body.append(frame, form);
      const submitted = loaded();
      form.submit();
      await submitted;
      frame.src = `${base}${pod}/shop/proxy/`;
      await loaded();
      let framed: string;
      try {
        framed = frame.contentDocument?.body.textContent?.slice(0, 200) ?? 'closed';
      } catch (error) {
        framed = String(error);
      }
      note('frame', framed);
      return seen;
    },
    { base, namespaces: NAMESPACES, pod: POD },
  );
}

const pages = [
  { what: 'another origin', at: () => 'http://evil.test/' },
  { what: 'a store', at: () => 'http://shop.localhost/' },
  { what: 'a rebound name', at: () => `http://rebound.test:${url.port}/owned` },
  { what: "the cluster's own origin", at: () => `${url.origin}/owned` },
];

describe.runIf(CHROMIUM)('a hostile page reads nothing from the cluster and changes nothing', () => {
  test.each(pages)('$what', { timeout: 60_000 }, async ({ at }) => {
    const before = await objects();
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route(at(), (route) => route.fulfill({ contentType: 'text/html', body: '<body>hostile</body>' }));
    await page.goto(at());
    const rebound = `http://${new URL(at()).hostname}:${url.port}`;
    const bases = [url.href, url.origin, `http://localhost:${url.port}${url.pathname}`, rebound + url.pathname];
    const seen = (await Promise.all(bases.map((base) => attack(page, base)))).flat();
    await context.close();
    expect(seen).toHaveLength(bases.length * 8);
    expect(seen.filter((line) => /: 2\d\d |opened|List"|simulated store|"kind":"Secret/.test(line))).toEqual([]);
    expect(await objects()).toEqual(before);
  });

  test("refuses to show a store's page at the cluster's address", { timeout: 30_000 }, async () => {
    const page = await browser.newPage();
    const response = await page.goto(`${url.href}${POD}/shop/proxy/`);
    expect(response?.status()).toBe(403);
    expect(await page.textContent('body')).not.toContain('simulated store');
    await page.close();
  });
});
