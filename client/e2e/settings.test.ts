/** Settings of a store: form and YAML, errors at their fields, review, conflicts, and Fix from the diagnosis. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findViolations } from './support/axe.ts';
import { isTooWide, screenshot } from './support/browser.ts';
import { startServer, type TestServer } from './support/server.ts';
import { LOOKS, SERVER_KILLED, type Visit, visitPage } from './support/visit.ts';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  if (!CHROMIUM) return;
  server = await startServer({ SHOPYARD_SIMULATOR_SPEED: '0' });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

// The browser's console reports refused calls.
const visit = (options: Visit, use: (page: Page) => Promise<void>): Promise<void> =>
  visitPage({ browser, url: server.url }, { begin: 'nowhere', tolerate: /40[09]/, ...options }, use);

async function create(name: string, values: object = {}): Promise<string> {
  const { body } = await server.call('POST', '/stores', { name, values });
  return String(body['id']);
}

async function until(id: string, expected: object): Promise<void> {
  await expect
    .poll(async () => (await server.call('GET', `/stores/${id}`)).body, { timeout: 30_000 })
    .toMatchObject(expected);
}

async function open(page: Page, id: string, tab = 'settings'): Promise<Locator> {
  await page.goto(`${server.url}/stores/${id}/${tab}`);
  const form = page.getByRole('form', { name: 'Settings' });
  await form.waitFor();
  return form;
}

test.skipIf(!CHROMIUM)('a wrong image ends in Ready by Fix alone, in two clicks and the value', async () => {
  await visit({}, async (page) => {
    const id = await create('fixed', { wordpress: { image: { tag: 'no-such-tag' } } });
    await until(id, { phase: 'Failed', reason: 'ImageNotFound' });
    await page.goto(`${server.url}/stores/${id}`);
    let clicks = 0;
    const click = async (target: Locator): Promise<void> => {
      clicks += 1;
      await target.click();
    };
    await page.getByRole('link', { name: 'Fix image…' }).waitFor();
    await screenshot(page, 'fix-light-1440');
    await click(page.getByRole('link', { name: 'Fix image…' }));
    const field = page.getByLabel('WordPress version', { exact: true });
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await field.inputValue()).toBe('no-such-tag');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('7.1-php8.3-apache');
    await page.keyboard.press('Enter');
    const review = page.getByRole('form', { name: 'Review' });
    await review.getByText('Restarts WordPress').waitFor();
    await screenshot(page, 'review-fix-light-1440');
    await review.getByLabel('Reason (optional)').fill('the tag was mistyped');
    await click(review.getByRole('button', { name: 'Apply' }));
    await page.getByText('Changes to fixed applied').waitFor();
    await until(id, { phase: 'Ready', generation: 2 });
    expect(clicks).toBe(2);
    const { body } = await server.call('GET', `/stores/${id}/revisions`);
    expect(body['revisions']).toMatchObject([{ generation: 2, actor: 'local', reason: 'the tag was mistyped' }, {}]);
  });
});

test.skipIf(!CHROMIUM)('shows three mistakes at once at their fields, and an unknown name at its line', async () => {
  await visit({}, async (page) => {
    const id = await create('mistaken');
    const form = await open(page, id);
    await form.getByLabel('Currency', { exact: true }).fill('euro');
    await form.getByLabel('Country', { exact: true }).fill('Germany');
    await form.getByLabel('WordPress memory limit', { exact: true }).fill('a lot');
    await form.getByRole('button', { name: 'Review' }).click();
    const wrong = form.locator('[aria-invalid=true]');
    await expect.poll(() => wrong.count()).toBe(3);
    for (const [label, message] of [
      ['Currency', /three capital letters, such as EUR/],
      ['Country', /a country code with an optional state/],
      ['WordPress memory limit', /a quantity such as 250m/],
    ] as const) {
      const field = form.getByLabel(label, { exact: true });
      const described = (await field.getAttribute('aria-describedby')) ?? '';
      const texts = await Promise.all(described.split(' ').map((one) => page.locator(`[id="${one}"]`).innerText()));
      expect(texts.join(' '), label).toMatch(message);
    }
    // The first of them has the focus.
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true');
    expect(await findViolations(page, 'main')).toEqual([]);
    await screenshot(page, 'settings-mistakes-light-1440');

    await form.getByRole('button', { name: 'Discard' }).click();
    await form.getByRole('button', { name: 'YAML' }).click();
    await form.getByRole('textbox', { name: 'Values, as YAML' }).fill('size: medium\nstore:\n  titel: Mugs\n');
    await form.getByRole('button', { name: 'Review' }).click();
    await form.getByText('Line 3: store.titel: unknown value. Did you mean `title`?').waitFor();
    await screenshot(page, 'settings-yaml-mistake-light-1440');
    await form.getByRole('button', { name: 'Form' }).click();
    await form.getByRole('alert').getByRole('button', { name: 'store.titel' }).waitFor();
    expect(await findViolations(page, 'main')).toEqual([]);
    await form.getByRole('button', { name: 'Discard' }).click();
  });
});

test.skipIf(!CHROMIUM)('form and YAML edit the same values, and comments stay', async () => {
  await visit({}, async (page) => {
    const id = await create('both', { store: { currency: 'USD' } });
    const form = await open(page, id);
    const yaml = form.getByRole('textbox', { name: 'Values, as YAML' });
    const text = async (): Promise<string> => (await yaml.locator('.cm-line').allInnerTexts()).join('\n').trim();
    await form.getByLabel('Shop name', { exact: true }).fill('Mugs');
    await form.getByLabel('Size', { exact: true }).selectOption('medium');
    await form.getByRole('button', { name: 'YAML' }).click();
    await expect.poll(text).toBe('store:\n  currency: USD\n  title: Mugs\nsize: medium');
    await yaml.fill('# Ours.\nstore:\n  # As on the sign.\n  title: Cups\n');
    await form.getByRole('button', { name: 'Form' }).click();
    expect(await form.getByLabel('Shop name', { exact: true }).inputValue()).toBe('Cups');
    expect(await form.getByLabel('Currency', { exact: true }).inputValue()).toBe('');
    expect(await form.getByLabel('Size', { exact: true }).inputValue()).toBe('');
    await form.getByLabel('Country', { exact: true }).fill('US:CA');
    await form.getByRole('button', { name: 'YAML' }).click();
    await expect.poll(text).toBe('# Ours.\nstore:\n  # As on the sign.\n  title: Cups\n  country: US:CA');
    // Unreadable text keeps the form away, and is kept.
    await yaml.fill('store: {');
    await expect.poll(() => form.getByRole('button', { name: 'Form' }).isDisabled()).toBe(true);
    expect(await form.getByRole('button', { name: 'Review' }).isDisabled()).toBe(true);
    expect(await text()).toBe('store: {');
    await form.getByRole('button', { name: 'Discard' }).click();
    await expect.poll(text).toBe('store:\n  currency: USD');
  });
});

test.skipIf(!CHROMIUM)('keeps what was typed when somebody else was faster, and names both changes', async () => {
  await visit({}, async (page) => {
    const id = await create('contested', { store: { title: 'Mugs' } });
    await until(id, { phase: 'Ready' });
    const form = await open(page, id);
    await form.getByLabel('Shop name', { exact: true }).fill('Cups');
    await form.getByLabel('Currency', { exact: true }).fill('USD');
    await server.call('PATCH', `/stores/${id}`, { values: { store: { title: 'Bowls', country: 'FR' } } });
    const notice = form.getByRole('region', { name: 'Changed by somebody else' });
    await notice.getByText('Included from their change: Country.').waitFor();
    await notice.getByText('Changed by both; yours is kept: Shop name.').waitFor();
    await screenshot(page, 'settings-conflict-light-1440');
    expect(await form.getByLabel('Shop name', { exact: true }).inputValue()).toBe('Cups');
    expect(await form.getByLabel('Country', { exact: true }).inputValue()).toBe('FR');
    await form.getByRole('button', { name: 'Review' }).click();
    const review = page.getByRole('form', { name: 'Review' });
    await review.getByText('Bowls', { exact: true }).waitFor();
    await review.getByRole('button', { name: 'Apply' }).click();
    await until(id, { generation: 3 });
    const { body } = await server.call('GET', `/stores/${id}/values`);
    expect(body['own']).toEqual({ store: { title: 'Cups', currency: 'USD', country: 'FR' } });
  });
});

test.skipIf(!CHROMIUM)('a review that is out of date is refused, and nothing typed is lost', async () => {
  await visit({}, async (page) => {
    const id = await create('late');
    await until(id, { phase: 'Ready' });
    const form = await open(page, id);
    await form.getByLabel('Currency', { exact: true }).fill('USD');
    await form.getByRole('button', { name: 'Review' }).click();
    const review = page.getByRole('form', { name: 'Review' });
    await review.waitFor();
    // Somebody is faster between the click and the call.
    let isFirst = true;
    await page.route('**/trpc/stores.applyPlan*', async (route) => {
      if (isFirst) await server.call('PATCH', `/stores/${id}`, { values: { size: 'medium' } });
      isFirst = false;
      await route.continue();
    });
    await review.getByRole('button', { name: 'Apply' }).click();
    await form
      .getByRole('alert')
      .getByText(/changed the store \(size\) in the meantime/)
      .waitFor();
    expect(await form.getByLabel('Currency', { exact: true }).inputValue()).toBe('USD');
    await expect.poll(() => form.getByLabel('Size', { exact: true }).inputValue()).toBe('medium');
    await form.getByRole('button', { name: 'Review' }).click();
    await review.getByRole('button', { name: 'Apply' }).click();
    await until(id, { generation: 3 });
    const { body } = await server.call('GET', `/stores/${id}/values`);
    expect(body['own']).toEqual({ size: 'medium', store: { currency: 'USD' } });
  });
});

test.skipIf(!CHROMIUM)('what the cluster refuses says why, and cannot be applied', async () => {
  await visit({}, async (page) => {
    const id = await create('refused');
    await until(id, { phase: 'Ready' });
    const form = await open(page, id);
    await form.getByLabel('WordPress memory limit', { exact: true }).fill('9Gi');
    await form.getByRole('button', { name: 'Review' }).click();
    const review = page.getByRole('form', { name: 'Review' });
    await review.getByText('The cluster refuses Deployment wordpress, so none of this can be applied.').waitFor();
    await review.getByText(/would exceed the quota store: limits\.memory .* limited to 4Gi/).waitFor();
    expect(await review.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
    expect(await findViolations(page, 'main')).toEqual([]);
    await screenshot(page, 'review-refused-light-1440');
    await review.getByText('go back and change WordPress memory limit.').waitFor();
    await review.getByRole('button', { name: 'Back to editing' }).click();
    // The reason is at the value that it is about, until the value is another one.
    const field = form.getByLabel('WordPress memory limit', { exact: true });
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await field.inputValue()).toBe('9Gi');
    const reason = form.getByText(/exceed the quota store: limits\.memory .* limited to 4Gi/);
    await reason.waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await findViolations(page, 'main')).toEqual([]);
    await screenshot(page, 'settings-refused-light-1440');
    await field.fill('1Gi');
    expect(await reason.count()).toBe(0);
    await form.getByRole('button', { name: 'Discard' }).click();
  });
});

test.skipIf(!CHROMIUM)('a plan that has expired is made again, and nothing typed is lost', async () => {
  await visit({}, async (page) => {
    const id = await create('slow');
    await until(id, { phase: 'Ready' });
    const form = await open(page, id);
    await form.getByLabel('Currency', { exact: true }).fill('USD');
    await form.getByRole('button', { name: 'Review' }).click();
    const review = page.getByRole('form', { name: 'Review' });
    await review.waitFor();
    const planIds: unknown[] = [];
    await page.route('**/trpc/stores.applyPlan*', async (route) => {
      planIds.push((route.request().postDataJSON() as { planId: string }).planId);
      if (planIds.length > 1) return route.continue();
      // As the server answers once ten minutes are over.
      const shopyard = { code: 'plan_expired', message: 'plan again' };
      const data = { code: 'CONFLICT', httpStatus: 409, path: 'stores.applyPlan', shopyard };
      return route.fulfill({ status: 409, json: { error: { code: -32009, message: 'plan again', data } } });
    });
    await review.getByRole('button', { name: 'Apply' }).click();
    await review.getByText(/The plan was no longer valid, so it was calculated again/).waitFor();
    await review.getByText('USD', { exact: true }).waitFor();
    await screenshot(page, 'review-renewed-light-1440');
    await review.getByRole('button', { name: 'Apply' }).click();
    await until(id, { generation: 2 });
    expect(new Set(planIds).size).toBe(2);
  });
});

test.skipIf(!CHROMIUM)(
  'changes labels without touching what runs, and asks before unsaved changes are left',
  async () => {
    await visit({}, async (page) => {
      const id = await create('labelled');
      await until(id, { phase: 'Ready' });
      const form = await open(page, id);
      await form.getByRole('button', { name: 'Add label' }).click();
      await form.getByLabel('Name of label 1', { exact: true }).fill('team');
      await form.getByLabel('Value of label 1', { exact: true }).fill('shops!');
      await form.getByText(/at most 63 letters, digits/).waitFor();
      expect(await form.getByRole('button', { name: 'Review' }).isDisabled()).toBe(true);
      await form.getByLabel('Value of label 1', { exact: true }).fill('shops');

      await page.getByRole('link', { name: 'Overview', exact: true }).last().click();
      const question = page.getByRole('dialog', { name: 'Discard unsaved changes?' });
      await question.getByRole('button', { name: 'Keep editing' }).click();
      expect(await form.getByLabel('Value of label 1', { exact: true }).inputValue()).toBe('shops');

      await form.getByRole('button', { name: 'Review' }).click();
      const review = page.getByRole('form', { name: 'Review' });
      await review.getByText('Nothing restarts.').waitFor();
      await review.getByText('Label team').waitFor();
      await review.getByRole('button', { name: 'Apply' }).click();
      await until(id, { generation: 1, labels: { team: 'shops' } });
      await page.getByRole('link', { name: 'Overview', exact: true }).last().click();
      await page.getByRole('region', { name: 'Steps' }).waitFor();
    });
  },
);

test.skipIf(!CHROMIUM)('keeps what was typed while the server is away, and says why it waits', async () => {
  await visit({ tolerate: SERVER_KILLED }, async (page) => {
    const id = await create('away');
    const form = await open(page, id);
    await form.getByLabel('Currency', { exact: true }).fill('USD');
    await server.kill();
    await form.getByText("The server isn't responding.").waitFor({ timeout: 15_000 });
    expect(await form.getByRole('button', { name: 'Review' }).isDisabled()).toBe(true);
    await form.getByLabel('Country', { exact: true }).fill('FR');
    await server.restart();
    await form.getByText('2 unsaved changes').waitFor({ timeout: 30_000 });
    await form.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('form', { name: 'Review' }).getByText('FR', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Back to editing' }).click();
    await form.getByRole('button', { name: 'Discard' }).click();
  });
});

test('the YAML editor is a chunk of at most 155 kB as gzip', () => {
  const assets = fileURLToPath(new URL('../dist/assets/', import.meta.url));
  const chunk = readdirSync(assets).find((name) => /^yaml-editor-.*\.js$/.test(name)) ?? '';
  expect(gzipSync(readFileSync(join(assets, chunk)), { level: 9 }).length).toBeLessThanOrEqual(155_000);
});

test.skipIf(!CHROMIUM).each(LOOKS)('form, YAML and review fit and pass axe: $colorScheme, $width px', async (look) => {
  const name = `${look.colorScheme}-${look.width}`;
  const id = await create(`${look.colorScheme.charAt(0)}${look.width}`, {
    store: { title: 'Mugs and more', currency: 'USD' },
  });
  await until(id, { phase: 'Ready' });
  await visit(look, async (page) => {
    const form = await open(page, id);
    const check = async (place: string): Promise<void> => {
      expect(await findViolations(page, 'main'), place).toEqual([]);
      expect(await isTooWide(page), place).toBe(false);
      await screenshot(page, `${place}-${name}`);
    };
    await form.getByLabel('Size', { exact: true }).selectOption('medium');
    await check('settings');
    await form.getByRole('button', { name: 'YAML' }).click();
    await form.getByRole('textbox', { name: 'Values, as YAML' }).waitFor();
    await check('settings-yaml');
    await form.getByRole('button', { name: 'Review' }).click();
    const review = page.getByRole('form', { name: 'Review' });
    await review.getByText('Deployment wordpress').click();
    await check('review');
    await review.getByRole('button', { name: 'Back to editing' }).click();
    await form.getByRole('button', { name: 'Discard' }).click();
  });
});
