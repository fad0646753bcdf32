/** Home: what needs attention, room for more stores, what happened, and plots that tell their values. */
import { readFileSync } from 'node:fs';
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { AXE_REPORTS, findViolations } from './support/axe.ts';
import { screenshot } from './support/browser.ts';
import { startCluster, type TestCluster } from './support/cluster.ts';
import { startServer, type TestServer } from './support/server.ts';
import { type Visit, visitPage } from './support/visit.ts';

let cluster: TestCluster;
let server: TestServer;
let browser: Browser;

const offered = { cpu: '4', memory: '4Gi', pods: '110' };

beforeAll(async () => {
  if (!CHROMIUM) return;
  cluster = await startCluster();
  const [, address] = /server: (\S+)/.exec(readFileSync(cluster.env['KUBECONFIG'] ?? '', 'utf8')) ?? [];
  const patched = await fetch(`${address}/api/v1/nodes/embedded/status`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/merge-patch+json' },
    body: JSON.stringify({ status: { allocatable: offered } }),
  });
  expect(patched.status).toBe(200);
  server = await startServer({ SHOPYARD_SIMULATOR_SPEED: '0.1', ...cluster.env });
  browser = await launchBrowser();
  for (const [name, tag] of Object.entries({ mugs: undefined, missing: 'no-such-tag', lost: 'no-such-tag' }))
    await server.call('POST', '/stores', { name, values: tag ? { wordpress: { image: { tag } } } : {} });
  const phases = async (): Promise<string[]> =>
    ((await server.call('GET', '/stores')).body['stores'] as { phase: string }[]).map(({ phase }) => phase);
  const settled = async (): Promise<void> => expect(await phases()).toEqual(['Ready', 'Failed', 'Failed']);
  await vi.waitFor(settled, { timeout: 60_000, interval: 200 });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
  await cluster?.[Symbol.asyncDispose]();
});

const visit = (options: Visit, use: (page: Page) => Promise<void>): Promise<void> =>
  visitPage({ browser, url: server.url }, { begin: 'nowhere', ...options }, async (page) => {
    await page.goto(`${server.url}/?hours=1`);
    await use(page);
  });
const card = (page: Page, name: string) => page.getByRole('region', { name });

test.skipIf(!CHROMIUM)('tells first what needs attention, in words and since when, and leads to it', async () => {
  await visit({}, async (page) => {
    const attention = card(page, 'Needs attention');
    await attention.getByText('2 stores need attention').waitFor({ timeout: 30_000 });
    await attention.getByText('Image not found').first().waitFor();
    await attention
      .getByText(/^(Broken|Stuck) for \d+ (s|min)$/)
      .first()
      .waitFor();
    await expect.poll(() => page.title()).toBe('(2) Home · Shopyard');
    await attention.getByRole('link', { name: 'missing', exact: true }).click();
    await page.getByRole('article', { name: 'Store missing' }).waitFor();
  });
});

test.skipIf(!CHROMIUM)('tells the room for more stores in words, and follows new stores', async () => {
  await visit({}, async (page) => {
    const room = card(page, 'Room for more stores');
    await room.getByText(/^Room for about \d+ more small stores$/).waitFor();
    const before = Number(/\d+/.exec(await room.innerText())?.[0]);
    expect(before).toBeGreaterThan(2);
    expect(
      Number(await room.getByRole('meter', { name: 'Memory reserved' }).getAttribute('aria-valuenow')),
    ).toBeGreaterThan(10);
    await server.call('POST', '/stores', { name: 'later' });
    await room.getByText(`Room for about ${before - 1} more small stores`).waitFor({ timeout: 30_000 });
    const activity = card(page, 'Recent activity');
    await activity.getByText('local created later').waitFor();
    await activity.getByText('later became ready').waitFor({ timeout: 30_000 });
  });
});

test.skipIf(!CHROMIUM)(
  'warns of stores that expire within three days, and no longer once that is put off',
  async () => {
    const { body } = await server.call('GET', '/stores');
    const ids = new Map((body['stores'] as { id: string; name: string }[]).map(({ id, name }) => [name, id]));
    const expire = (name: string, days: number, action: string): Promise<unknown> => {
      const at = new Date(Date.now() + days * 86_400_000).toISOString();
      return server.call('POST', `/stores/${ids.get(name)}/expiry`, { expiry: { at, action } });
    };
    await expire('mugs', 0.5, 'suspend');
    await expire('missing', 2, 'delete');
    await expire('lost', 4, 'delete');
    await visit({ tolerate: AXE_REPORTS }, async (page) => {
      const expiring = card(page, 'Needs attention').getByRole('listitem').filter({ hasText: ' will be ' });
      await expect
        .poll(() => expiring.allInnerTexts())
        .toEqual([
          expect.stringMatching(/^mugs will be suspended at /),
          expect.stringMatching(/^missing will be deleted at /),
        ]);
      expect(await findViolations(page)).toEqual([]);
      await screenshot(page, 'home-expiring-light-1440');
      await expire('missing', 30, 'delete');
      await expect.poll(() => expiring.count()).toBe(1);
      await expiring.getByRole('link', { name: 'mugs', exact: true }).click();
      await page.getByRole('group', { name: 'Expiry', exact: true }).waitFor();
    });
  },
);

test.skipIf(!CHROMIUM)('leads from what went wrong to those times', async () => {
  await visit({ colorScheme: 'dark' }, async (page) => {
    await card(page, 'What went wrong').getByRole('link', { name: 'Image not found' }).click();
    const activity = card(page, 'Recent activity');
    await activity.getByText('Image not found, in the last hour').waitFor();
    await expect.poll(() => activity.getByRole('listitem').count()).toBe(2);
    await activity.getByRole('link', { name: 'Show all activity' }).click();
    await activity
      .getByText(/ created /)
      .first()
      .waitFor();
  });
});

test.skipIf(!CHROMIUM).each([
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 380 },
] as const)(
  'tells the values of a plot by pointer and by keys: $colorScheme, $width pixels',
  async (look) => {
    // A second sample of the hour's 72: every 50 seconds.
    const samples = async (): Promise<number> => {
      const { body } = await server.call('GET', '/platform/overview?hours=1');
      return (body['times'] as number[]).filter((time) => time >= Number(body['begins'])).length;
    };
    await expect.poll(samples, { timeout: 120_000, interval: 1000 }).toBeGreaterThan(1);
    await visit({ ...look, tolerate: AXE_REPORTS }, async (page) => {
      const plot = card(page, 'Stores by phase').getByRole('slider');
      await plot.scrollIntoViewIfNeeded();
      await plot.hover();
      const tip = card(page, 'Stores by phase').getByText(/^\d\d:\d\d UTC$/);
      await tip.waitFor();
      await screenshot(page, `home-tooltip-${look.colorScheme}-${look.width}`);
      await page.mouse.move(0, 0);
      await tip.waitFor({ state: 'detached' });
      await plot.focus();
      await page.keyboard.press('ArrowLeft');
      await tip.waitFor();
      const last = await plot.getAttribute('aria-valuetext');
      expect(last).toMatch(/^\d\d:\d\d:\d\d: .*\d Ready/);
      await page.keyboard.press('Home');
      await expect.poll(() => plot.getAttribute('aria-valuenow')).toBe('0');
      expect(await plot.getAttribute('aria-valuetext')).not.toBe(last);
      // The frame has findings of its own, which accessibility.test.ts covers.
      expect(await findViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await tip.waitFor({ state: 'detached' });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wide).toBe(false);
    });
  },
  180_000,
);
