/** Filtering, sorting, selection and keyboard navigation among 2,000 stores, 200 of which change each second. */
import { isDeepStrictEqual } from 'node:util';
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { screenshot } from './support/browser.ts';
import { startDashboard } from './support/dashboard.ts';
import { SYNTHETIC } from './support/server.ts';

const dashboard = startDashboard({ env: { SYNTHETIC_STORES: '2000', SYNTHETIC_CHANGES: '200' }, main: SYNTHETIC });
const { visit } = dashboard;
const names = (page: Page): Promise<string[]> => page.locator('tr[data-row] th a').allInnerTexts();
const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.textContent ?? null);

test.skipIf(!CHROMIUM)('renders only visible rows, and keeps the filter in the address', async () => {
  await visit({}, async (page) => {
    await page.getByRole('button', { name: 'All 2000' }).waitFor();
    expect((await names(page)).length).toBeLessThan(60);
    await screenshot(page, 'many-light-1440');
    await page.keyboard.press('/');
    await page.keyboard.type('STORE-1742');
    await expect.poll(() => names(page)).toEqual(['store-1742']);
    expect(page.url()).toContain('?q=STORE-1742');
    await page.reload();
    await expect.poll(() => names(page)).toEqual(['store-1742']);
    await page.getByLabel('Filter stores').fill('nothing like it');
    await page.getByRole('button', { name: 'Show all 2000' }).click();
    await page.getByRole('button', { name: 'All 2000' }).waitFor();
  });
});

test.skipIf(!CHROMIUM)(
  'filters by phase, sorts by column and navigates by keyboard to the end of the list',
  async () => {
    await visit({}, async (page) => {
      await page.getByRole('button', { name: /^Failed \d/ }).click();
      await expect
        .poll(async () => new Set(await page.locator('tr[data-row] [data-tone]').allInnerTexts()))
        .toEqual(new Set(['Failed']));
      await page.getByRole('button', { name: /^All/ }).click();
      await page.getByRole('button', { name: /^Name/ }).click();
      await page.getByRole('button', { name: /^Name/ }).click();
      await expect.poll(async () => (await names(page))[0]).toBe('store-1999');
      expect(page.url()).toContain('sort=-name');

      await page.getByRole('link', { name: 'store-1999', exact: true }).focus();
      for (const [key, name] of [
        ['ArrowDown', 'store-1998'],
        ['ArrowDown', 'store-1997'],
        ['ArrowUp', 'store-1998'],
        ['End', 'store-0000'],
        ['Home', 'store-1999'],
      ] as const) {
        await page.keyboard.press(key);
        await expect.poll(() => focused(page)).toBe(name);
      }
      await page.keyboard.press('PageDown');
      await expect.poll(() => focused(page)).toMatch(/^store-19[78]\d$/);
      const at = await focused(page);
      await page.keyboard.press(' ');
      await page.getByText('1 selected').waitFor();
      await page.keyboard.press('Delete');
      await page.getByRole('heading', { name: `Delete ${at}?` }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('link', { name: at ?? '', exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('article', { name: `Store ${at}` }).waitFor();
    });
  },
);

test.skipIf(!CHROMIUM)('allows the deletion of several selected stores only once their number is typed', async () => {
  await visit({ colorScheme: 'dark' }, async (page) => {
    for (const name of ['store-1999', 'store-1997']) await page.getByLabel(`Select ${name}`).click();
    await page.getByRole('button', { name: 'Delete 2' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('store-1999, store-1997').waitFor();
    await dialog.getByRole('textbox').fill('delete 3 stores');
    expect(await dialog.getByRole('button', { name: 'Delete 2 stores' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('delete 2 stores');
    expect(await dialog.getByRole('button', { name: 'Delete 2 stores' }).isDisabled()).toBe(false);
    await screenshot(page, 'bulk-dark-1440');
    expect(page.url()).not.toContain('st_');
  });
});

test.skipIf(!CHROMIUM)('shows the newest store first, and the arrow follows the ages shown', async () => {
  await visit({}, async (page) => {
    const age = page.getByRole('columnheader', { name: 'Age' });
    await expect.poll(async () => (await names(page))[0]).toBe('store-1999');
    expect([await age.getAttribute('aria-sort'), await age.innerText()]).toEqual(['ascending', 'Age\n↑']);
    await age.getByRole('button').click();
    await expect.poll(async () => (await names(page))[0]).toBe('store-0000');
    expect([await age.getAttribute('aria-sort'), await age.innerText()]).toEqual(['descending', 'Age\n↓']);
  });
});

test.skipIf(!CHROMIUM)(
  'finds a store by its namespace and says so; ↓, Enter and Escape work in the filter',
  async () => {
    await visit({}, async (page) => {
      const filter = page.getByLabel('Filter stores');
      await filter.fill('store-store-0042');
      await expect.poll(() => names(page)).toEqual(['store-0042']);
      await page.getByRole('row', { name: 'store-0042' }).getByText('Namespace: store-store-0042').waitFor();
      await filter.press('ArrowDown');
      expect(await focused(page)).toBe('store-0042');
      await filter.press('Escape');
      expect(await filter.inputValue()).toBe('');
      await filter.fill('st_77');
      await expect.poll(async () => (await names(page))[0]).toBe('store-0779');
      await filter.press('Enter');
      await page.getByRole('article', { name: 'Store store-0779' }).waitFor();
    });
  },
);

test.skipIf(!CHROMIUM)('selects ranges, and drops from the selection what leaves the view', async () => {
  await visit({}, async (page) => {
    await page.getByLabel('Select store-1999').click();
    await page.getByLabel('Select store-1995').click({ modifiers: ['Shift'] });
    await page.getByText('5 selected').waitFor();
    await page.getByRole('link', { name: 'store-1995', exact: true }).focus();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('7 selected').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+Space');
    await page.getByText('9 selected').waitFor();
    await page.keyboard.press('Delete');
    await page.getByRole('heading', { name: 'Delete 9 stores?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('Filter stores').fill('store-1999');
    await page.getByText('1 selected').waitFor();
    await page.getByLabel('Filter stores').fill('');
    await page.getByRole('button', { name: /^All 2000/ }).waitFor();
    await page.getByText('1 selected').waitFor();
    await page.getByRole('button', { name: 'Select all 2000 shown' }).click();
    await page.getByRole('button', { name: 'Delete 2000' }).waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => page.getByRole('region', { name: 'Selected stores' }).count()).toBe(0);
  });
});

test.skipIf(!CHROMIUM)('keeps the chosen columns, and views by name', async () => {
  await visit({}, async (page) => {
    const pods = page.getByRole('columnheader', { name: 'Pods' });
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Pods' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'URL' }).click();
    await page.keyboard.press('Escape');
    await pods.waitFor();
    expect(await page.getByRole('columnheader', { name: 'URL' }).count()).toBe(0);

    await page.getByLabel('Filter stores').fill('store-00');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save or edit views…' }).click();
    await page.getByLabel('Name for this view').fill('Oldest');
    await page.keyboard.press('Enter');
    await page.getByLabel('Filter stores').fill('');
    await page.reload();
    await pods.waitFor();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitemradio', { name: 'Oldest' }).click();
    await expect.poll(() => page.getByLabel('Filter stores').inputValue()).toBe('store-00');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save or edit views…' }).click();
    await screenshot(page, 'views-light-1440');
    await page.getByRole('textbox', { name: 'Rename Oldest' }).fill('First hundred');
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitemradio', { name: 'First hundred' }).waitFor();

    await page.getByRole('menuitem', { name: 'Save or edit views…' }).click();
    await page.getByRole('button', { name: 'Delete view First hundred' }).click();
    await page.getByRole('button', { name: 'Views' }).click();
    expect(await page.getByRole('menuitemradio').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitemradio', { name: 'First hundred' }).waitFor();
  });
});

test.skipIf(!CHROMIUM)('lists the keys of every place in the help, which opens at its top', async () => {
  await visit({}, async (page) => {
    await page.getByRole('button', { name: 'All 2000' }).waitFor();
    await page.keyboard.press('?');
    const heading = page.getByRole('heading', { name: 'Keyboard shortcuts' });
    await expect.poll(() => heading.evaluate((element) => element.getBoundingClientRect().top)).toBeGreaterThan(0);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('openapi.json');
    const rowOf = (place: string, text: string) =>
      page.getByRole('region', { name: place }).locator('dl > div', { hasText: text });
    for (const [place, text, keys] of [
      ['On every page', 'Go to a store or a page', ['Ctrl K']],
      ['In the list', 'Select the store', ['Space']],
      ['While searching a log', 'Next match', ['Enter']],
      ['On a plot', 'Show the values', ['←', '→', 'Home', 'End']],
    ] as const)
      expect(await rowOf(place, text).locator('kbd').allInnerTexts(), place).toEqual(keys);
  });
});

test.skipIf(!CHROMIUM)('returns on a phone to the card that was tapped on Back', async () => {
  await visit({ width: 380 }, async (page) => {
    await page.getByRole('link', { name: 'store-1999', exact: true }).waitFor();
    const scroller = page.locator('table').locator('..');
    await scroller.evaluate((element) => element.scrollTo(0, 12_000));
    const inView = page.locator('tr[data-row] th a').nth(6);
    await expect.poll(() => inView.innerText()).not.toMatch(/^store-19[89]/);
    const name = await inView.innerText();
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('article', { name: `Store ${name}` }).waitFor();
    await page.goBack();
    const distance = async (): Promise<number> => {
      const [card, list] = [
        await page.getByRole('link', { name, exact: true }).boundingBox(),
        await scroller.boundingBox(),
      ];
      return card && list ? card.y - list.y : Number.NaN;
    };
    const isInView = async (): Promise<boolean> => {
      const pixels = await distance();
      return pixels >= 0 && pixels < 900;
    };
    await expect.poll(isInView).toBe(true);
    await expect.poll(() => focused(page)).toBe(name);
  });
});

test.skipIf(!CHROMIUM)('returns to the same row and scroll position on Back', async () => {
  await visit({}, async (page) => {
    await page.getByRole('link', { name: 'store-1999', exact: true }).focus();
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press('PageDown');
    await expect.poll(() => focused(page)).toMatch(/^store-19[5-7]\d$/);
    const at = await focused(page);
    const top = (): Promise<number | undefined> =>
      page.evaluate(() => document.querySelector('table')?.parentElement?.scrollTop);
    const before = await top();
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: `Store ${at}` }).waitFor();
    await page.goBack();
    await expect.poll(() => focused(page)).toBe(at);
    expect(await top()).toBe(before);
  });
});

/** Names and edges of the rows in view, in pixels from the top of the page; those beyond them may be rendered later. */
const places = (page: Page): Promise<string[]> =>
  page.locator('tr[data-row]').evaluateAll((rows) =>
    rows.flatMap((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return top < innerHeight ? [`${row.querySelector('th a')?.textContent} ${top} ${bottom}`] : [];
    }),
  );

test.skipIf(!CHROMIUM).each([{ width: 1440 }, { width: 380 }])(
  'moves no row under the pointer, $width pixels wide',
  async ({ width }) => {
    await visit({ width }, async (page) => {
      await page.getByRole('button', { name: /^Status/ }).click();
      await page.mouse.move(width / 2, 400);
      // What was on its way when the pointer came may still be drawn.
      let before: string[] = [];
      await expect.poll(async () => isDeepStrictEqual(before, (before = await places(page)))).toBe(true);
      await page.waitForTimeout(1500);
      expect(await places(page)).toEqual(before);
      await page.mouse.move(width / 2, 10);
      await expect.poll(() => places(page)).not.toEqual(before);
    });
  },
);

test.skipIf(!CHROMIUM)('leads on a phone by keys to the end of the list and back, however high the cards', async () => {
  await visit({ width: 380 }, async (page) => {
    await page.getByRole('link', { name: 'store-1999', exact: true }).focus();
    for (const [key, name] of [
      ['End', 'store-0000'],
      ['ArrowUp', 'store-0001'],
      ['Home', 'store-1999'],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => focused(page)).toBe(name);
      await expect.poll(() => page.getByRole('link', { name, exact: true }).isVisible()).toBe(true);
    }
    expect((await names(page)).length).toBeLessThan(60);
  });
});
