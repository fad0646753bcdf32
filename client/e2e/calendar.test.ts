/** Schedule and expiry of a store, and the name that an update of its software asks for: by keyboard, in every look. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { findViolations, AXE_REPORTS } from './support/axe.ts';
import { isTooWide, screenshot } from './support/browser.ts';
import { startDashboard } from './support/dashboard.ts';
import { LOOKS } from './support/visit.ts';

const dashboard = startDashboard({ env: { SHOPYARD_SIMULATOR_SPEED: '0' } });
let id = '';

beforeAll(async () => {
  if (!CHROMIUM) return;
  id = await dashboard.create('alpha');
  await dashboard.reach(id, 'Ready');
});

/** Chromium reports refused calls. */
const REFUSED = /400|409/;
const TOLERATED = new RegExp(`${REFUSED.source}|${AXE_REPORTS.source}`);

async function stored(field: 'schedule' | 'expiry'): Promise<unknown> {
  const { body } = await dashboard.server.call('GET', `/stores/${id}`);
  return body[field];
}

async function open(page: Page): Promise<void> {
  await page.goto(`${dashboard.server.url}/stores/${id}/settings`);
  await page.getByRole('form', { name: 'Settings' }).waitFor();
}

const group = (page: Page, name: string): Locator => page.getByRole('group', { name, exact: true });
const hasFocus = (one: Locator): Promise<boolean> => one.evaluate((element) => element === document.activeElement);

/** What a screen reader reads with the field. */
async function issueOf(page: Page, field: Locator): Promise<string> {
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  return page.locator(`[id="${await field.getAttribute('aria-describedby')}"]`).innerText();
}

test.skipIf(!CHROMIUM)('a schedule is set, corrected, changed and removed by keyboard', async () => {
  await dashboard.visit({ begin: 'nowhere', tolerate: TOLERATED, timezoneId: 'Europe/Berlin' }, async (page) => {
    await open(page);
    const schedule = group(page, 'Schedule');
    const [sleep, wake] = [schedule.getByLabel('Suspend at'), schedule.getByLabel('Resume at')];
    await sleep.focus();
    await page.keyboard.type('at eight');
    await page.keyboard.press('Tab');
    await page.keyboard.type('0 7 * * *');
    await page.keyboard.press('Enter');
    await expect.poll(() => sleep.getAttribute('aria-invalid')).toBe('true');
    expect(await issueOf(page, sleep)).toMatch(/^Write minute, hour, day of the month/);
    expect(await schedule.getByRole('alert').filter({ hasText: /./ }).count()).toBe(1);
    expect(await stored('schedule')).toBeUndefined();
    // What was typed is still there.
    expect(await wake.inputValue()).toBe('0 7 * * *');

    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('0 20 * * 1-5');
    expect(await sleep.getAttribute('aria-invalid')).toBe('false');
    await page.keyboard.press('Enter');
    await page.getByText('Saved the schedule of alpha').waitFor();
    expect(await stored('schedule')).toMatchObject({ sleep: '0 20 * * 1-5', wake: '0 7 * * *', tz: 'Europe/Berlin' });
    expect(await hasFocus(sleep)).toBe(true);

    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('0 22 * * *');
    await page.keyboard.press('Enter');
    await expect.poll(() => stored('schedule')).toMatchObject({ sleep: '0 22 * * *' });
    expect(await hasFocus(sleep)).toBe(true);

    await schedule.getByRole('button', { name: 'Remove' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('alpha no longer has a schedule').waitFor();
    expect(await stored('schedule')).toBeUndefined();
    await expect.poll(() => sleep.inputValue()).toBe('');
    expect(await hasFocus(sleep)).toBe(true);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => sleep.inputValue()).toBe('0 22 * * *');
    expect(await stored('schedule')).toMatchObject({ sleep: '0 22 * * *', wake: '0 7 * * *', tz: 'Europe/Berlin' });
    await schedule.getByRole('button', { name: 'Remove' }).click();
    await expect.poll(() => stored('schedule')).toBeUndefined();
  });
});

test.skipIf(!CHROMIUM)('an expiry is set, corrected, changed and removed by keyboard', async () => {
  await dashboard.visit({ begin: 'nowhere', tolerate: TOLERATED }, async (page) => {
    await open(page);
    const expiry = group(page, 'Expiry');
    const [at, action] = [expiry.getByLabel('At'), expiry.getByLabel('Then')];
    await at.fill('2020-01-01T12:00');
    await at.press('Enter');
    await expect.poll(() => at.getAttribute('aria-invalid')).toBe('true');
    expect(await issueOf(page, at)).toBe('Choose a time in the future.');
    expect(await stored('expiry')).toBeUndefined();

    await at.fill('2099-01-01T12:00');
    await at.press('Enter');
    await expect.poll(() => stored('expiry')).toMatchObject({ action: 'suspend' });
    await expect.poll(() => at.inputValue()).toBe('2099-01-01T12:00');
    await action.focus();
    await page.keyboard.press('ArrowDown');
    await expiry.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => stored('expiry')).toMatchObject({ action: 'delete' });

    await expiry.getByRole('button', { name: 'Remove' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => stored('expiry')).toBeUndefined();
    await expect.poll(() => at.inputValue()).toBe('');
    expect(await hasFocus(at)).toBe(true);
  });
});

test.skipIf(!CHROMIUM)('somebody else’s schedule appears, unless one is being typed', async () => {
  await dashboard.visit({ tolerate: TOLERATED }, async (page) => {
    const set = (sleep: string): Promise<unknown> =>
      dashboard.server.call('POST', `/stores/${id}/schedule`, {
        schedule: { sleep, wake: '0 7 * * *', tz: 'Etc/UTC' },
      });
    await open(page);
    const sleep = group(page, 'Schedule').getByLabel('Suspend at');
    await set('0 21 * * *');
    await expect.poll(() => sleep.inputValue()).toBe('0 21 * * *');
    await sleep.fill('0 19 * * *');
    await set('0 23 * * *');
    await group(page, 'Schedule').getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => stored('schedule')).toMatchObject({ sleep: '0 19 * * *' });
    await dashboard.server.call('POST', `/stores/${id}/schedule`, { schedule: null });
  });
});

test.skipIf(!CHROMIUM).each(LOOKS)('fits, and passes axe: $colorScheme, $width px', async (look) => {
  const name = `${look.colorScheme}-${look.width}`;
  await dashboard.visit({ ...look, tolerate: TOLERATED }, async (page) => {
    const check = async (place: string): Promise<void> => {
      expect(await findViolations(page), place).toEqual([]);
      expect(await isTooWide(page), place).toBe(false);
      await screenshot(page, `${place}-${name}`);
    };
    await open(page);
    const [schedule, expiry] = [group(page, 'Schedule'), group(page, 'Expiry')];
    await schedule.getByLabel('Suspend at').fill('at eight');
    await schedule.getByLabel('Resume at').fill('0 7 * * *');
    await schedule.getByRole('button', { name: 'Save' }).click();
    await expiry.getByLabel('At').fill('2020-01-01T12:00');
    await expiry.getByRole('button', { name: 'Save' }).click();
    await expiry.getByText('Choose a time in the future.').waitFor();
    await schedule.getByText(/^Write minute, hour/).waitFor();
    await schedule.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await check('calendar');

    await page.reload();
    const form = page.getByRole('form', { name: 'Settings' });
    await form.getByLabel('WordPress version', { exact: true }).fill('7.2-php8.3-apache');
    await page.keyboard.press('Enter');
    const review = page.getByRole('form', { name: 'Review' });
    await review.getByRole('button', { name: 'Apply' }).click();
    const dialog = page.getByRole('dialog', { name: 'Update the software of alpha?' });
    await dialog.getByText(/^WordPress 7\.1.* → 7\.2.*: this may change the database/).waitFor();
    // The field has the focus; only the name of this store lets go on.
    await page.keyboard.type('beta');
    expect(await dialog.getByRole('button', { name: 'Update' }).isDisabled()).toBe(true);
    await check('confirm-upgrade');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect((await dashboard.server.call('GET', `/stores/${id}`)).body).toMatchObject({ generation: 1 });
    expect(await hasFocus(review.getByRole('button', { name: 'Apply' }))).toBe(true);
  });
});

test.skipIf(!CHROMIUM)('newer software is applied once the name is typed', async () => {
  await dashboard.visit({ begin: 'nowhere', tolerate: TOLERATED }, async (page) => {
    await open(page);
    await page.getByLabel('WordPress version', { exact: true }).fill('7.2-php8.3-apache');
    await page.keyboard.press('Enter');
    await page.getByRole('form', { name: 'Review' }).getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('alpha');
    await page.keyboard.press('Enter');
    await page.getByText('Changes to alpha applied').waitFor();
    expect((await dashboard.server.call('GET', `/stores/${id}`)).body).toMatchObject({ generation: 2 });
  });
});
