/** The logs of several containers in one view: what is hidden, found, copied and wrapped. */
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AXE_REPORTS, findViolations } from './support/axe.ts';
import { screenshot } from './support/browser.ts';
import { startServer, SYNTHETIC, type TestServer } from './support/server.ts';
import { type Visit, visitPage } from './support/visit.ts';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  if (!CHROMIUM) return;
  // The other container's lines are few and of a later time.
  const few = { SYNTHETIC_LINES: '30', SYNTHETIC_LINE_RATE: '0' };
  server = await startServer({ SYNTHETIC_STORES: '3', SYNTHETIC_SIDECAR: '1', ...few }, SYNTHETIC);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

const visit = (options: Visit, params: string, use: (page: Page) => Promise<void>): Promise<void> =>
  visitPage({ browser, url: server.url }, { begin: 'nowhere', ...options }, async (page) => {
    await page.goto(`${server.url}/stores/st_1/logs${params}`);
    await page.getByRole('log').locator('p').first().waitFor();
    await use(page);
  });
const lines = (page: Page): Promise<string[]> => page.getByRole('log').locator('p').allInnerTexts();
const SIDECAR = '?pod=wordpress-0&container=sidecar';

test.skipIf(!CHROMIUM)('merges all containers, names each line’s, and hides probes until asked', async () => {
  await visit({}, '', async (page) => {
    await page.getByText('37 of 157 lines').waitFor();
    const all = await lines(page);
    expect(all.filter((line) => line.includes('sidecar'))).toHaveLength(7);
    expect(all.filter((line) => /wordpress.*line=\d+/.test(line))).toHaveLength(30);
    expect(all.some((line) => line.includes('kube-probe'))).toBe(false);
    await screenshot(page, 'logs-all-light-1440');
    await page.getByRole('button', { name: 'Show 120 probe lines' }).click();
    await page.getByText(/^157 lines$/).waitFor();
    expect(page.url()).toContain('probes=1');
    await page.getByRole('button', { name: 'Hide 120 probe lines' }).click();
    await page.getByText('37 of 157 lines').waitFor();
    await page.getByRole('combobox', { name: 'Container' }).selectOption('wordpress-0/sidecar');
    await page.getByRole('log', { name: 'Log of sidecar' }).waitFor();
    expect(page.url()).toContain('container=sidecar');
  });
});

test.skipIf(!CHROMIUM)('filters by level, text and expression, and keeps all that in the address', async () => {
  await visit({}, SIDECAR, async (page) => {
    await page.getByRole('button', { name: 'Errors' }).click();
    await expect.poll(async () => (await lines(page)).length).toBe(4);
    // A stack trace belongs to its error.
    expect((await lines(page)).join('\n')).toMatch(/PHP Fatal error.*\n.*Stack trace:\n.*#0 .*\n.*500 46/);
    await page.getByRole('button', { name: 'Warnings' }).click();
    await page.getByLabel('Exclude lines').fill('stack');
    await expect.poll(async () => (await lines(page)).length).toBe(4);
    await page.getByRole('button', { name: 'Regular expressions' }).click();
    await page.getByLabel('Exclude lines').fill('^#\\d|^Stack|\\[Warn');
    await expect.poll(async () => (await lines(page)).length).toBe(2);
    // The synthetic lines have the time of the request.
    const texts = async (): Promise<string[]> => (await lines(page)).map((line) => line.replace(/^[\d:.]+ /, ''));
    const before = await texts();
    await page.reload();
    await expect.poll(texts).toEqual(before);
    expect(await page.getByRole('button', { name: 'Errors' }).getAttribute('aria-pressed')).toBe('true');
  });
});

test.skipIf(!CHROMIUM)(
  'says what is wrong with an expression beside its field, and gives up one that hangs',
  async () => {
    await visit({}, `${SIDECAR}&regex=1`, async (page) => {
      const field = page.getByLabel('Search the log');
      await field.fill('(shop');
      await page.getByText('Not a regular expression: unterminated group.').waitFor();
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      await field.fill('(a+a+)+b');
      // The page answers meanwhile: a click is handled before the expression is given up.
      await page.getByLabel('Wrap').check({ timeout: 1000 });
      await page.getByText('This expression takes too long here. Simplify it.').waitFor({ timeout: 10_000 });
      expect((await lines(page)).length).toBeGreaterThan(5);
      await field.fill('Fatal|listening');
      await expect.poll(() => page.getByRole('log').locator('mark').allInnerTexts()).toEqual(['Fatal', 'listening']);
      expect(await page.getByText('takes too long').count()).toBe(0);
    });
  },
);

test.skipIf(!CHROMIUM)('moves between matches and lines, and copies, by keyboard alone', async () => {
  await visit({}, '', async (page) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    await page.getByLabel('Search the log').focus();
    await page.keyboard.type('shop');
    await page.getByLabel('Only matching lines').uncheck();
    const count = Number(/^(\d+) found$/.exec(await page.getByText(/^\d+ found$/).innerText())?.[1]);
    expect(count).toBeGreaterThan(2);
    await page.getByLabel('Search the log').focus();
    await page.keyboard.press('Enter');
    await page.getByText(`1 of ${count}`, { exact: true }).waitFor();
    await page.keyboard.press('Shift+Enter');
    await page.getByText(`${count} of ${count}`, { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Follow', exact: true }).getAttribute('aria-pressed')).toBe('false');
    const current = page.getByRole('log').locator('p[aria-current=true]');
    const text = await current.innerText();
    await page.getByRole('log').focus();
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => current.innerText()).not.toBe(text);
    await page.keyboard.press('Enter');
    await page.getByText('Line copied').waitFor();
    expect(await copied()).toMatch(/^\d{4}-\d\d-\d\dT.*Z (sidecar|wordpress) /);
    await page.getByRole('button', { name: 'More log actions' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Copy as kubectl' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Command copied').waitFor();
    expect(await copied()).toBe(
      ['wordpress', 'sidecar']
        .map((name) => `kubectl logs -n store-store-0001 wordpress-0 -c ${name} --timestamps`)
        .join('\n'),
    );
  });
});

test.skipIf(!CHROMIUM)('shows a range of time, in the local time zone', async () => {
  await visit({ timezoneId: 'Asia/Kolkata' }, SIDECAR, async (page) => {
    await page.getByLabel('Time', { exact: true }).selectOption('Last 5 min');
    await page.getByText('PHP Fatal error').waitFor();
    await expect.poll(async () => (await lines(page)).length).toBe(6);
    const time = page.getByRole('log').locator('time').first();
    const at = new Date((await time.getAttribute('datetime')) ?? '');
    const there = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Kolkata', timeStyle: 'medium' }).format(at);
    expect(await time.innerText()).toContain(there);
    await page.getByLabel('Time', { exact: true }).selectOption('Last hour');
    await expect.poll(() => page.getByText(/^6 of \d+ lines$/).count()).toBe(1);
    await page.getByLabel('Time', { exact: true }).selectOption('From … to …');
    const local = (ago: number): string => {
      const parts = new Intl.DateTimeFormat('sv-SE', {
        timeZone: 'Asia/Kolkata',
        dateStyle: 'short',
        timeStyle: 'medium',
      });
      return parts.format(new Date(Date.now() - ago * 60_000)).replace(' ', 'T');
    };
    await page.getByLabel('From', { exact: true }).fill(local(100));
    await page.getByLabel('To', { exact: true }).fill(local(60));
    await expect.poll(() => lines(page)).toEqual([expect.stringContaining('[Warning] Aborted connection')]);
  });
});

test.skipIf(!CHROMIUM).each([
  { colorScheme: 'light', width: 380 },
  { colorScheme: 'dark', width: 380 },
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 1440 },
] as const)('wraps on a phone, and has no axe violations: $colorScheme, $width pixels', async (look) => {
  await visit({ ...look, tolerate: AXE_REPORTS }, '', async (page) => {
    const isWider = (): Promise<boolean> =>
      page.getByRole('log').evaluate((element) => element.scrollWidth > element.clientWidth);
    await page.getByText('An unusually long line').waitFor();
    expect(await isWider()).toBe(look.width === 1440);
    if (look.width === 380) await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByLabel('Wrap').setChecked(look.width === 1440);
    await expect.poll(isWider).toBe(look.width === 380);
    await page.getByLabel('Wrap').setChecked(true);
    const last = page.getByRole('log').locator('p').last();
    const heights = await page
      .getByRole('log')
      .locator('p')
      .evaluateAll((all) => all.map((one) => one.clientHeight));
    expect(Math.max(...heights)).toBeGreaterThan(30);
    expect(await last.isVisible()).toBe(true);
    await page.getByLabel('Search the log').fill('shop');
    await page.getByText(/found$/).waitFor();
    await screenshot(page, `logs-filters-${look.colorScheme}-${look.width}`);
    expect(await findViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(look.width);
  });
});
