/**
 * The jobs that people come with, and in how many clicks each is done: `clicks` from the page where it begins, typing and
 * keys aside. `others`: the best of Headlamp, Argo CD and Coolify by their public docs; null where none of them can.
 */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { launchUnprotected, paste } from './support/browser.ts';
import { startServer, type TestServer } from './support/server.ts';
import { visitPage } from './support/visit.ts';

/** Possible with later parts of Shopyard. */
const LATER = ['open a shell', 'see processor, memory and orders', 'own domain and TLS', 'back up', 'restore'];

interface Job {
  name: string;
  /** Where it begins: the list, or the page of this store. */
  from: string | undefined;
  clicks: number;
  others: number | null;
  /** Makes what the job needs. */
  before?: () => Promise<unknown>;
  act: (page: Page) => Promise<void>;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const article = (page: Page, name: string) => page.getByRole('article', { name: `Store ${name}` });
const rowOf = (page: Page, name: string) =>
  page.locator('tr[data-row]', { has: page.getByRole('link', { name, exact: true }) });

const TEN = Array.from({ length: 10 }, (_, index) => `Ten ${index}`);

const JOBS: readonly Job[] = [
  {
    name: 'create a shop',
    from: undefined,
    clicks: 1,
    others: 5,
    act: async (page) => {
      await button(page, 'New store').click();
      await page.keyboard.type('Tea House');
      await page.keyboard.press('Enter');
      await article(page, 'tea-house').waitFor();
    },
  },
  {
    name: 'create a shop by keys alone',
    from: undefined,
    clicks: 0,
    others: null,
    act: async (page) => {
      await page.keyboard.press('n');
      await page.keyboard.type('Lamps');
      await page.keyboard.press('Enter');
      await article(page, 'lamps').waitFor();
    },
  },
  {
    name: 'create ten',
    from: undefined,
    clicks: 1,
    others: 1,
    act: async (page) => {
      await page.keyboard.press('n');
      await paste(page, TEN.join('\n'));
      await button(page, 'Create 10 stores').click();
      await page.getByText('10 stores are being created.').waitFor();
    },
  },
  {
    name: 'delete ten',
    from: undefined,
    clicks: 3,
    others: 12,
    act: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('ten-');
      await page.getByLabel('Select all 10 shown').click();
      await button(page, 'Delete 10').click();
      await page.keyboard.type('delete 10 stores');
      await button(page, 'Delete 10 stores').click();
      await page.getByText('Deleting 10 stores').first().waitFor();
    },
  },
  {
    name: 'retry many',
    from: undefined,
    clicks: 3,
    others: null,
    before: createManyBroken,
    act: async (page) => {
      await button(page, /^Needs attention \d/).click();
      await page.getByLabel(/^Select all \d+ shown/).click();
      await button(page, /^Retry \d/).click();
      await page
        .getByText(/^Retrying \d+ stores/)
        .first()
        .waitFor();
    },
  },
  {
    name: 'share what is shown',
    from: undefined,
    clicks: 1,
    others: 1,
    act: async (page) => {
      await button(page, /^Needs attention \d/).click();
      const other = await page.context().newPage();
      await other.goto(page.url());
      await other.getByRole('link', { name: 'broken', exact: true }).waitFor();
      expect(await rowOf(other, 'healthy').count()).toBe(0);
    },
  },
  {
    name: 'see how many are broken',
    from: undefined,
    clicks: 0,
    others: 1,
    act: (page) => expect.poll(() => page.title()).toMatch(/^\(\d+\) Stores · Shopyard$/),
  },
  {
    name: 'see which are broken',
    from: undefined,
    clicks: 1,
    others: 1,
    act: async (page) => {
      await button(page, /^Needs attention \d/).click();
      await rowOf(page, 'broken').waitFor();
      await expect.poll(() => rowOf(page, 'healthy').count()).toBe(0);
    },
  },
  {
    name: 'read why, in words',
    from: undefined,
    clicks: 0,
    others: 1,
    act: (page) =>
      page
        .getByRole('row', { name: /broken/ })
        .getByText(/no-such-tag not found/)
        .waitFor(),
  },
  {
    name: 'read why, with the remedy as a button',
    from: undefined,
    clicks: 1,
    others: null,
    act: async (page) => {
      await page.getByRole('link', { name: 'broken', exact: true }).click();
      await page.getByRole('link', { name: 'Fix image…' }).waitFor();
    },
  },
  {
    name: 'read the log of the crashed run',
    from: undefined,
    clicks: 2,
    others: 3,
    act: async (page) => {
      await page.getByRole('link', { name: 'crashing', exact: true }).click();
      await page.getByRole('link', { name: /^Log of mariadb/ }).click();
      await expect.poll(() => page.url()).toContain('previous=1');
    },
  },
  {
    name: 'go from one store to another by keys alone',
    from: 'healthy',
    clicks: 0,
    others: 0,
    act: async (page) => {
      await page.keyboard.press('ControlOrMeta+k');
      await page.keyboard.type('broken');
      await page.keyboard.press('Enter');
      await article(page, 'broken').waitFor();
    },
  },
  {
    name: 'retry one',
    from: 'broken',
    clicks: 1,
    others: 1,
    act: async (page) => {
      await button(page, 'Retry').click();
      await page.getByText('Retrying broken').first().waitFor();
    },
  },
  {
    name: 'restart',
    from: 'healthy',
    clicks: 1,
    others: 1,
    act: async (page) => {
      await button(page, 'Restart').first().click();
      await page.getByText('Restarting healthy').first().waitFor();
    },
  },
  {
    name: 'be in the shop',
    from: 'other',
    clicks: 1,
    others: 1,
    act: async (page) => {
      const shop = page.context().waitForEvent('page');
      await page.getByRole('link', { name: 'Open shop' }).click();
      expect((await shop).url()).toContain('other.localhost');
    },
  },
  {
    name: 'be in its admin',
    from: 'other',
    clicks: 1,
    others: 6,
    act: async (page) => {
      const admin = page.context().waitForEvent('page');
      await button(page, 'WP admin').click();
      await (await admin).getByRole('heading', { name: 'Dashboard' }).waitFor();
    },
  },
  {
    name: 'suspend',
    from: 'other',
    clicks: 1,
    others: 2,
    act: async (page) => {
      await page.getByRole('button', { name: 'Suspend', exact: true }).click();
      await page.getByText('Suspending other').first().waitFor();
    },
  },
  {
    name: 'resume',
    from: 'other',
    clicks: 1,
    others: 1,
    before: () => server.call('POST', `/stores/${ids.get('other')}/suspend`),
    act: async (page) => {
      await button(page, 'Resume').click();
      await page.getByText('Resuming other').first().waitFor();
    },
  },
  {
    name: 'compare a change with what was before',
    from: 'undone',
    clicks: 1,
    others: null,
    before: createBroken,
    act: async (page) => {
      await page.getByRole('link', { name: 'Revisions', exact: true }).click();
      await page.getByText('WordPress version: not set → no-such-tag').waitFor();
    },
  },
  {
    name: 'roll back, and see before what that changes',
    from: 'undone',
    clicks: 2,
    others: 4,
    act: async (page) => {
      await page.getByRole('link', { name: 'Roll back…' }).click();
      const panel = page.getByRole('form', { name: 'Roll back' });
      await panel.getByRole('list', { name: 'Values' }).getByText('no-such-tag').waitFor();
      await panel.getByRole('button', { name: 'Roll back to generation 1' }).click();
      await page.getByText('undone goes back to generation 1').waitFor();
    },
  },
  {
    name: 'delete a store that is not new',
    from: 'other',
    clicks: 2,
    others: 2,
    act: async (page) => {
      await page.clock.setSystemTime(Date.now() + 120_000);
      await button(page, 'Delete…').click();
      await page.keyboard.type('other');
      await button(page, 'Delete store').click();
      await page.getByText('other was deleted, with all its data.').waitFor({ timeout: 30_000 });
    },
  },
  {
    name: 'cancel a creation',
    from: 'slow',
    clicks: 2,
    others: null,
    before: () => create('slow', { wordpress: { image: { tag: 'simulate-slow-start' } } }),
    act: async (page) => {
      await button(page, 'Cancel creation…').click();
      await button(page, 'Cancel creation and delete').click();
      await page.getByText('slow was deleted, with all its data.').waitFor({ timeout: 30_000 });
    },
  },
];

let server: TestServer;
let browser: Browser;
const ids = new Map<string, string>();

async function create(name: string, values: object): Promise<void> {
  ids.set(name, String((await server.call('POST', '/stores', { name, values })).body['id']));
}

/** A store that an update broke. */
async function createBroken(): Promise<void> {
  await create('undone', {});
  await untilPhase('undone', 'Ready');
  const values = { wordpress: { image: { tag: 'no-such-tag' } } };
  await server.call('PATCH', `/stores/${ids.get('undone')}`, { values, confirm: 'undone' });
  await untilPhase('undone', 'Failed');
}

async function createManyBroken(): Promise<void> {
  const names = ['faulty-1', 'faulty-2'];
  for (const name of names) await create(name, { wordpress: { image: { tag: 'no-such-tag' } } });
  for (const name of names) await untilPhase(name, 'Failed');
}

const untilPhase = (name: string, phase: string): Promise<unknown> =>
  vi.waitFor(async () => expect((await server.call('GET', `/stores/${ids.get(name)}`)).body).toMatchObject({ phase }), {
    timeout: 40_000,
    interval: 200,
  });

beforeAll(async () => {
  if (!CHROMIUM) return;
  process.stdout.write(`Jobs for later parts of Shopyard: ${LATER.join(', ')}.\n`);
  server = await startServer({ SHOPYARD_SIMULATOR_SPEED: '0.1' });
  browser = await launchUnprotected();
  for (const [name, tag] of [
    ['healthy', undefined],
    ['other', undefined],
    ['broken', 'no-such-tag'],
  ] as const) {
    await create(name, tag ? { wordpress: { image: { tag } } } : {});
  }
  await create('crashing', { mariadb: { image: { tag: 'simulate-crash' } } });
  for (const [name, phase] of [
    ['healthy', 'Ready'],
    ['other', 'Ready'],
    ['broken', 'Failed'],
  ] as const)
    await untilPhase(name, phase);
});

afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

test.skipIf(!CHROMIUM).each(JOBS)('$name: $clicks clicks', async ({ from, clicks, others, before, act }) => {
  await before?.();
  await visitPage({ browser, url: server.url }, {}, async (page) => {
    await page.getByText('healthy').first().waitFor();
    if (from !== undefined) await page.goto(`${server.url}/stores/${ids.get(from)}`);
    if (from !== undefined) await article(page, from).waitFor();
    // Presses of keys on buttons are clicks for the page too, with a detail of 0.
    const counted = await page.evaluateHandle(() => {
      const count = { clicks: 0 };
      document.addEventListener('click', ({ detail }) => void (count.clicks += detail > 0 ? 1 : 0), true);
      return count;
    });
    await act(page);
    expect(await counted.evaluate(({ clicks: made }) => made)).toBe(clicks);
    if (others !== null) expect(clicks).toBeLessThanOrEqual(others);
  });
});
