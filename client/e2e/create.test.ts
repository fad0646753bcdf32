/** Creating stores: one by its title, several by lines or CSV, refused ones, and none twice. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { AXE_REPORTS, findViolations } from './support/axe.ts';
import { isTooWide, paste, screenshot } from './support/browser.ts';
import { startDashboard } from './support/dashboard.ts';
import { SERVER_KILLED, type Visit } from './support/visit.ts';

const dashboard = startDashboard({ env: { SHOPYARD_SIMULATOR_SPEED: '0' } });

const listed = async (): Promise<{ id: string; name: string }[]> =>
  (await dashboard.server.call('GET', '/stores?limit=200')).body['stores'] as { id: string; name: string }[];
const names = async (): Promise<string[]> => (await listed()).map(({ name }) => name).toSorted();

beforeEach(async () => {
  if (!CHROMIUM) return;
  for (const { id } of await listed()) await dashboard.server.call('DELETE', `/stores/${id}`);
  await expect.poll(names, { timeout: 30_000 }).toEqual([]);
});

const visit = (options: Visit, use: (page: Page) => Promise<void>): Promise<void> =>
  dashboard.visit(options, async (page) => {
    await page.getByText('Live', { exact: true }).waitFor();
    await use(page);
  });
const described = (page: Page, label: string): Promise<string> =>
  page.getByLabel(label, { exact: true }).evaluate((field) => {
    const id = field.getAttribute('aria-describedby') ?? '';
    return document.getElementById(id)?.innerText ?? '';
  });

test.skipIf(!CHROMIUM)('makes the name from the title, and creates the store at Enter', async () => {
  await visit({}, async (page) => {
    await page.keyboard.press('n');
    await page.keyboard.type('Grüße & Kaffee');
    await page.getByText(/^http:\/\/gruesse-kaffee\.localhost/).waitFor();
    expect(await page.getByLabel('Country').inputValue()).toBe('US');
    await page.getByLabel('Country').selectOption('CH');
    expect(await page.getByLabel('Currency').inputValue()).toBe('CHF');
    await page.getByText('about 50 orders a day').waitFor();
    await screenshot(page, 'create-title-light-1440');
    await page.getByLabel('Shop name').press('Enter');
    await page.getByRole('article', { name: 'Store gruesse-kaffee' }).waitFor();
    const [store] = await listed();
    const release = (): Promise<{ body: Record<string, unknown> }> =>
      dashboard.server.call('GET', `/stores/${store?.id}/release`);
    await expect
      .poll(async () => (await release()).body['values'], { timeout: 30_000 })
      .toMatch(/country: CH[^]*currency: CHF[^]*title: Grüße & Kaffee/);
  });
});

test.skipIf(!CHROMIUM).each([
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 380 },
] as const)(
  'shows on demand what a store would consist of, and creates nothing: $colorScheme, $width px',
  async (look) => {
    await visit(look, async (page) => {
      await page.keyboard.press('n');
      await page.keyboard.type('Plans');
      await page.getByRole('button', { name: 'Show what will be created' }).click();
      const plan = page.getByRole('region', { name: 'Plan' });
      await plan.getByText(/^Creates the store, with \d+ objects\.$/).waitFor();
      await plan.getByText('StatefulSet mariadb').waitFor();
      expect(await findViolations(page, 'dialog')).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
      await screenshot(page, `create-plan-${look.colorScheme}-${look.width}`);
      expect(await names()).toEqual([]);
      // Another input is another plan.
      await page.getByLabel('Shop name').fill('Other plans');
      await page.getByRole('button', { name: 'Show what will be created' }).waitFor();
      await page.keyboard.press('Escape');
    });
  },
);

test.skipIf(!CHROMIUM)('keeps a name that was edited by hand, and the dialog open for more', async () => {
  await visit({ colorScheme: 'dark' }, async (page) => {
    await page.keyboard.press('n');
    await page.keyboard.type('Mugs');
    await page.getByLabel('Name', { exact: true }).fill('our-mugs');
    await page.getByLabel('Shop name').fill('Mugs & More');
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('our-mugs');
    await page.getByLabel('Create more').check();
    await page.getByRole('button', { name: 'Create store' }).click();
    await page.getByRole('status').getByText('our-mugs is being created.').waitFor();
    await page.keyboard.type('Posters');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('posters is being created.').waitFor();
    await screenshot(page, 'create-more-dark-1440');
    expect(await names()).toEqual(['our-mugs', 'posters']);
  });
});

test.skipIf(!CHROMIUM)('creates ten stores by one paste', async () => {
  await visit({ width: 380 }, async (page) => {
    await page.keyboard.press('n');
    const titles = Array.from({ length: 10 }, (_, index) => `Shop No. ${index}`);
    await paste(page, titles.join('\n'));
    await page.getByRole('list', { name: 'Stores to create' }).getByText('Line 10').waitFor();
    await screenshot(page, 'create-ten-light-380');
    await page.getByRole('button', { name: 'Create 10 stores' }).click();
    await page.getByText('10 stores are being created.').waitFor();
    expect(await names()).toEqual(titles.map((_, index) => `shop-no-${index}`));
  });
});

test.skipIf(!CHROMIUM)(
  'keeps the one line of ten that is refused, with the reason, and creates no other twice',
  async () => {
    // The browser's console reports the rejection.
    await visit({ tolerate: /400/ }, async (page) => {
      await page.keyboard.press('n');
      const rows = Array.from({ length: 9 }, (_, index) => `"Shop, ${index}",eur,small`);
      // The server alone refuses this character.
      await paste(page, ['title,currency,size', ...rows, 'Bad\uFFFETitle,EUR,small'].join('\n'));
      await page.getByRole('button', { name: 'Create 10 stores' }).click();
      const lines = page.getByRole('textbox', { name: 'Stores' });
      await page.getByText('must not contain line breaks or control characters').waitFor();
      expect(await lines.inputValue()).toBe('title,currency,size\nBad\uFFFETitle,EUR,small');
      await screenshot(page, 'create-refused-light-1440');
      expect(await names()).toHaveLength(9);
      await lines.fill('title,currency,size\nGood Title,EUR,small');
      await page.getByRole('button', { name: 'Create 1 store' }).click();
      await page.getByText('10 stores are being created.').waitFor();
      expect(await names()).toEqual(['good-title', ...rows.map((_, index) => `shop-${index}`)]);
    });
  },
);

test.skipIf(!CHROMIUM)('names every issue of every line before anything is sent', async () => {
  await dashboard.server.call('POST', '/stores', { name: 'taken' });
  await visit({ colorScheme: 'dark', width: 380, tolerate: AXE_REPORTS }, async (page) => {
    await page.getByRole('link', { name: 'taken', exact: true }).waitFor();
    await page.keyboard.press('n');
    await paste(page, 'title,currency,size\nMugs,XXX,huge\nTaken,,\nMugs,,\nPosters,,');
    const list = page.getByRole('list', { name: 'Stores to create' });
    await list
      .getByText('currency: "XXX" is not a code, such as EUR; size: "huge" is not one of small, medium, large')
      .waitFor();
    await list.getByText('taken already exists: choose another name').waitFor();
    await list.getByText('has the name "mugs", as line 2 does').waitFor();
    await page.getByRole('button', { name: 'Create 1 store' }).waitFor();
    await screenshot(page, 'create-lines-dark-380');
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await findViolations(page)).toEqual([]);
    expect(await names()).toEqual(['taken']);
  });
});

test.skipIf(!CHROMIUM)('asks before it discards what was typed', async () => {
  await visit({}, async (page) => {
    const dialog = page.getByRole('dialog', { name: 'New store' });
    await page.keyboard.press('n');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('n');
    await page.keyboard.type('Mugs');
    for (let presses = 0; presses < 3; presses++) {
      await page.keyboard.press('Escape');
      await dialog.getByText('Discard what you typed?').waitFor();
      if (presses === 0) await screenshot(page, 'create-discard-light-1440');
      await page.keyboard.press('Escape');
      await dialog.getByText('Discard what you typed?').waitFor({ state: 'detached' });
    }
    expect(await dialog.getByLabel('Shop name').inputValue()).toBe('Mugs');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await dialog.waitFor({ state: 'detached' });
  });
});

test.skipIf(!CHROMIUM)('shows all issues at once, each at its field or line', async () => {
  await visit({ colorScheme: 'dark', tolerate: new RegExp(`400|${AXE_REPORTS.source}`) }, async (page) => {
    await page.keyboard.press('n');
    await page.getByLabel('Shop name').fill('Bad\uFFFETitle');
    await page.getByText('All values', { exact: true }).click();
    const yaml = 'Helm values, as YAML';
    await page.getByLabel(yaml).fill('wordpress:\n  imagee: 1\nnope: 2');
    await page.getByRole('button', { name: 'Create store' }).click();
    await page.getByText('unknown value').first().waitFor();
    expect(await described(page, 'Shop name')).toBe('Must not contain line breaks or control characters.');
    expect((await described(page, yaml)).split('\n').filter(Boolean)).toEqual([
      'Line 2: wordpress.imagee: unknown value. Did you mean `image`?',
      'Line 3: nope: unknown value.',
    ]);
    await screenshot(page, 'create-issues-dark-1440');
    expect(await findViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true');

    await page.getByLabel('Shop name').fill('Mugs');
    await page.getByLabel(yaml).fill('quota: {enabled: false}\nsize: large');
    await page.getByText('Labels', { exact: true }).click();
    await page.getByLabel('Labels to find it by').fill('team');
    await page.getByRole('button', { name: 'Create store' }).click();
    await page.getByText('write a name and a value').waitFor();
    expect(await described(page, yaml)).toBe(
      'Line 2: size: the size above is "small"; change it there, and remove it here.',
    );
    expect(await names()).toEqual([]);
  });
});

/** Lets the server accept `answered` creates and answer them, then accept one and die before it answers. */
async function killDuringCreate(page: Page, answered: number): Promise<void> {
  let [calls, killed]: [number, Promise<void> | undefined] = [0, undefined];
  await page.route('**/trpc/stores.create*', async (route) => {
    const response = await route.fetch().catch(() => undefined);
    if (++calls <= answered && response) return route.fulfill({ response });
    killed ??= dashboard.server.kill();
    await killed;
    await route.abort();
  });
}
async function restart(page: Page): Promise<void> {
  await page.getByText("The server isn't responding").first().waitFor();
  await page.getByRole('complementary', { name: 'Offline' }).waitFor();
  await page.unroute('**/trpc/stores.create*');
  await dashboard.server.restart();
  await page.getByRole('complementary', { name: 'Offline' }).waitFor({ state: 'detached', timeout: 60_000 });
}
const KILLED = new RegExp(`${SERVER_KILLED.source}|ERR_FAILED`);
const KILL_MS = 120_000;

test.skipIf(!CHROMIUM)(
  'creates one store when the server is killed before it answers, and the form is sent again',
  async () => {
    await visit({ tolerate: KILLED }, async (page) => {
      await page.keyboard.press('n');
      await page.keyboard.type('Mugs');
      await killDuringCreate(page, 0);
      await page.keyboard.press('Enter');
      await restart(page);
      await page.getByRole('button', { name: 'Create store' }).click();
      await page.getByRole('article', { name: 'Store mugs' }).waitFor();
      expect(await names()).toEqual(['mugs']);
    });
  },
  KILL_MS,
);

test.skipIf(!CHROMIUM)(
  'creates each of several stores once when the server is killed meanwhile, and the rest is sent again',
  async () => {
    await visit({ tolerate: KILLED }, async (page) => {
      await page.keyboard.press('n');
      await paste(page, 'A first\nA second\nA third');
      await killDuringCreate(page, 1);
      await page.getByRole('button', { name: 'Create 3 stores' }).click();
      await restart(page);
      await page.getByRole('button', { name: 'Create 2 stores' }).click();
      await page.getByText('3 stores are being created.').waitFor();
      expect(await names()).toEqual(['a-first', 'a-second', 'a-third']);
    });
  },
  KILL_MS,
);

test.skipIf(!CHROMIUM)('adds three sample shops on the first visit', async () => {
  await visit({}, async (page) => {
    await page.getByText('No stores yet').waitFor();
    await screenshot(page, 'first-visit-light-1440');
    await page.getByRole('button', { name: 'Add 3 sample shops' }).click();
    await page.getByRole('link', { name: 'paper-and-ink' }).waitFor();
    await expect.poll(names).toEqual(['green-corner', 'harbor-coffee', 'paper-and-ink']);
  });
});
