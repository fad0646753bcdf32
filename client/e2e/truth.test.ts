/** The dashboard is truthful about attention and durations, and shows nothing red when nothing is wrong. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { screenshot } from './support/browser.ts';
import { startDashboard } from './support/dashboard.ts';
import { LOOKS } from './support/visit.ts';

const FAILING = { missing: 'no-such-tag', crashing: 'simulate-crash', homeless: 'simulate-unschedulable' };

const dashboard = startDashboard({ env: { SHOPYARD_SIMULATOR_SPEED: '0.3' } });
const ids = new Map<string, string>();

beforeAll(async () => {
  if (!CHROMIUM) return;
  for (const [name, tag] of [['mugs', undefined], ...Object.entries(FAILING)] as const) {
    const values = tag ? { wordpress: { image: { tag } } } : {};
    ids.set(name, (await dashboard.server.call('POST', '/stores', { name, values })).body['id'] as string);
  }
});

const { visit } = dashboard;
const names = (page: Page): Promise<string[]> => page.locator('tr[data-row] th a').allInnerTexts();
const go = async (page: Page, hash: string): Promise<void> => {
  await page.goto(`${dashboard.server.url}/${hash}`);
};

test.skipIf(!CHROMIUM)(
  'agrees in title, icon, chip, rows, sorting and overview on what needs attention, and shows it amber or red',
  async () => {
    for (const look of LOOKS)
      await visit(look, async (page) => {
        await page.getByRole('button', { name: 'Needs attention 3' }).waitFor({ timeout: 60_000 });
        await expect.poll(() => page.title()).toBe('(3) Stores · Shopyard');
        expect(await page.locator('link[rel=icon]').getAttribute('href')).toBe('/icon-broken.svg');
        for (const name of Object.keys(FAILING)) {
          const badge = page.locator('tr[data-row]', { hasText: name }).locator('[data-tone]');
          expect(['warn', 'bad'], name).toContain(await badge.getAttribute('data-tone'));
        }
        // Reason and remedy are uncut at every width.
        const cut = await page.locator('tr[data-row]').evaluateAll((rows) =>
          rows
            .flatMap((row) => [...row.querySelectorAll('th, td, td span')])
            .filter((part) => part.clientHeight > 0 && part.scrollHeight > part.clientHeight + 1)
            .map((part) => part.textContent),
        );
        expect(cut).toEqual([]);
        await screenshot(page, `attention-${look.colorScheme}-${look.width}`);
        await page.getByRole('button', { name: 'Needs attention 3' }).focus();
        await page.keyboard.press('Enter');
        await expect.poll(async () => (await names(page)).toSorted()).toEqual(Object.keys(FAILING).toSorted());
        expect(page.url()).toContain('attention=1');
        await go(page, '#/?sort=phase');
        await expect.poll(async () => (await names(page)).at(-1)).toBe('mugs');
        await go(page, `#/stores/${ids.get('homeless')}`);
        await page.getByText('Provisioning, stuck').waitFor();
        await screenshot(page, `stuck-${look.colorScheme}-${look.width}`);
        await go(page, '#/overview?hours=1');
        await page.getByRole('link', { name: '3 stores need attention' }).click();
        await expect.poll(async () => (await names(page)).length).toBe(3);
      });
  },
);

/** Collects the text of every red or amber element from now on; the returned function reads it. */
async function watchForRed(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen = new Set<string>();
    Object.assign(globalThis, { seen });
    const look = (): void => {
      for (const element of document.querySelectorAll(
        'article [data-state=bad], article [data-state=failed], article [data-tone=bad], article [data-tone=warn], article [data-level=broken], article [data-level=stuck]',
      ))
        seen.add(element.textContent.trim());
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    look();
  });
  return () => page.evaluate(() => [...(globalThis as unknown as { seen: Set<string> }).seen]);
}

test.skipIf(!CHROMIUM)(
  'shows nothing red in a healthy start or a requested deletion, and lists the remaining resources',
  async () => {
    await visit({}, async (page) => {
      const { body } = await dashboard.server.call('POST', '/stores', { name: 'healthy' });
      await go(page, `#/stores/${String(body['id'])}`);
      const red = await watchForRed(page);
      const panel = page.getByRole('article', { name: 'Store healthy' });
      await panel.getByText(/^Creation completed in /).waitFor({ timeout: 30_000 });
      await screenshot(page, 'started-light-1440');
      await panel.getByRole('button', { name: 'Delete…' }).click();
      await page.getByRole('dialog').getByRole('textbox').fill('healthy');
      await page.keyboard.press('Enter');
      await panel.getByRole('region', { name: 'Remaining resources' }).waitFor();
      await screenshot(page, 'deleting-light-1440');
      expect(await red()).toEqual([]);
      await page.getByText('healthy was deleted, with all its data.').waitFor({ timeout: 30_000 });
    });
  },
);

test.skipIf(!CHROMIUM)('times every step within its attempt after an update', async () => {
  await visit({}, async (page) => {
    const id = ids.get('mugs') ?? '';
    await expect
      .poll(async () => (await dashboard.server.call('GET', `/stores/${id}`)).body['phase'], { timeout: 30_000 })
      .toBe('Ready');
    await dashboard.server.call('PATCH', `/stores/${id}`, { values: { store: { title: 'More mugs' } } });
    await go(page, `#/stores/${id}`);
    await page.getByText(/^Update completed in /).waitFor({ timeout: 30_000 });
    const { attempt } = (await dashboard.server.call('GET', `/stores/${id}`)).body as unknown as {
      attempt: { startedAt: string; finishedAt: string; steps: { startedAt: string; durationMs: number }[] };
    };
    const whole = Date.parse(attempt.finishedAt) - Date.parse(attempt.startedAt);
    for (const { startedAt, durationMs } of attempt.steps) {
      expect(startedAt >= attempt.startedAt).toBe(true);
      expect(durationMs).toBeLessThanOrEqual(whole);
    }
  });
});

test.skipIf(!CHROMIUM)('keeps the navigation and says so when an address matches no page', async () => {
  for (const look of LOOKS)
    await visit({ ...look, tolerate: /404/ }, async (page) => {
      for (const [hash, text] of [
        ['#/stores/%E0%A4%A', "This page doesn't exist."],
        ['#/nowhere', "This page doesn't exist."],
        ['#/stores/st_0000000000000000', 'Store not found.'],
        [`#/stores/${ids.get('mugs')}?tab=nothing`, 'This store has no page at this address.'],
      ] as const) {
        await go(page, hash);
        await page.getByRole('region', { name: 'Not found' }).getByText(text).waitFor();
        expect(await page.getByRole('navigation', { name: 'Pages' }).count()).toBe(1);
      }
      await screenshot(page, `not-found-${look.colorScheme}-${look.width}`);
      await page.getByRole('link', { name: 'Overview of mugs' }).click();
      await page.getByRole('region', { name: 'Topology' }).waitFor();
    });
});

test.skipIf(!CHROMIUM)(
  'asks for a reload when an update removed a chunk, and the other pages keep working',
  async () => {
    await visit({ tolerate: /404|Failed to load|ChunkError|part of the page|dynamically imported/ }, async (page) => {
      await page.route(/home-page.*\.js/, (route) => route.fulfill({ status: 404, body: '' }));
      await page.reload();
      await go(page, '#/overview');
      await page.getByText('Shopyard was updated. Reload.').waitFor();
      await screenshot(page, 'updated-light-1440');
      await page.getByRole('link', { name: 'Stores', exact: true }).click();
      await page.getByRole('button', { name: /^All \d/ }).waitFor();
      expect(await page.getByText('Shopyard was updated.').count()).toBe(0);
      await page.unroute(/home-page.*\.js/);
      await go(page, '#/overview');
      await page.reload();
      await page.getByRole('heading', { name: 'Stores by phase' }).waitFor();
      // The help is a chunk as well, and the page behind it stays.
      await page.route(/help-dialog.*\.js/, (route) => route.fulfill({ status: 404, body: '' }));
      await go(page, '#/');
      await page.reload();
      await page.getByRole('button', { name: /^All \d/ }).waitFor();
      await page.keyboard.press('?');
      await page.getByText('Shopyard was updated. Reload.').waitFor();
      expect(await page.getByRole('button', { name: /^All \d/ }).count()).toBe(1);
      await page.unroute(/help-dialog.*\.js/);
    });
  },
);

test.skipIf(!CHROMIUM)('sends no requests once a page has loaded, whichever page it is', async () => {
  // Ten minutes pass in a moment of the server's: it answers the page's pings too late for the page's clock.
  await visit({ tolerate: /WebSocket is already in CLOSING or CLOSED state/ }, async (page) => {
    const id = ids.get('mugs') ?? '';
    const asked: string[] = [];
    // The icon reflects the state of the stores, so it may be fetched at any time; the parts of the dashboard are loaded
    // once, when it has time; and with each new connection it asks what the user may do.
    const expected = /\/icon[\w-]*\.svg$|\/assets\/|\/access\.me\b/;
    page.on('request', (request) => !expected.test(request.url()) && asked.push(request.url()));
    await page.clock.install();
    await page.reload();
    for (const hash of [
      '#/',
      '#/overview',
      `#/stores/${id}`,
      `#/stores/${id}?tab=events`,
      `#/stores/${id}?tab=release`,
    ]) {
      await go(page, hash);
      await page.waitForLoadState('networkidle');
      asked.length = 0;
      await page.clock.runFor('10:00');
      await page.evaluate(() => dispatchEvent(new Event('focus')));
      await page.clock.runFor(1000);
      await page.evaluate(() => fetch('/healthz'));
      expect(asked, hash).toEqual([expect.stringMatching(/healthz$/)]);
    }
    await go(page, `#/stores/${id}?tab=events`);
    await page.getByText('Started').first().waitFor();
  });
});
