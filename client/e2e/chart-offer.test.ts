/** A store that stays with an earlier chart: its page offers the present one, reviews it, and goes back. */
import { fileURLToPath } from 'node:url';
import { connect, type ServerProcess, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AXE_REPORTS, findViolations } from './support/axe.ts';
import { visitPage } from './support/visit.ts';

const LATER = fileURLToPath(new URL('../../server/test/support/other-chart-main.ts', import.meta.url));
const dir = temporaryDir();
const env = { SHOPYARD_SIMULATOR_SPEED: '0.1' };
let server: ServerProcess;
let browser: Browser;
let id: string;

beforeAll(async () => {
  if (!CHROMIUM) return;
  browser = await launchBrowser();
  const today = await startServerProcess({ dataDir: dir.path, env });
  {
    await using api = connect(today.url);
    using stores = new StoreRecorder(api);
    ({ id } = await api.trpc.stores.create.mutate({ name: 'alpha' }));
    await stores.phase('alpha', 'Ready');
  }
  await today.stop();
  server = await startServerProcess({ dataDir: dir.path, env: { ...env, OTHER_VERSION: '0.2.0' }, main: LATER });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  dir[Symbol.dispose]();
});

const visit = (use: (page: Page) => Promise<void>): Promise<void> =>
  visitPage({ browser, url: server.url }, { begin: 'nowhere', tolerate: AXE_REPORTS }, use);

test.skipIf(!CHROMIUM)('offers the chart of new stores, and takes it after a review', async () => {
  await visit(async (page) => {
    await page.goto(`${server.url}/stores/${id}/settings`);
    const offer = page.getByRole('region', { name: 'Chart' });
    await offer.getByText('This store uses chart 0.1.0 until you change that.').waitFor();
    await offer.getByRole('button', { name: 'Review chart 0.2.0' }).click();
    const review = page.getByRole('form', { name: 'Review' });
    await expect.poll(() => review.innerText()).toMatch(/Chart[^]*0\.1\.0[^]*0\.2\.0[^]*256M[^]*320M/);
    expect(await findViolations(page, 'main')).toEqual([]);
    await review.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Changes to alpha applied').waitFor();
    await expect.poll(() => offer.count()).toBe(0);
    await expect.poll(() => chart()).toMatchObject({ version: '0.2.0' });
  });
});

test.skipIf(!CHROMIUM)(
  'goes back to the earlier chart like from any change, and offers the present one again',
  async () => {
    await visit(async (page) => {
      await page.goto(`${server.url}/stores/${id}/revisions`);
      const rows = page.getByRole('list', { name: 'Revisions' }).getByRole('listitem');
      await expect.poll(() => rows.count()).toBe(2);
      await rows
        .last()
        .getByRole('button', { name: /Roll back/ })
        .click();
      await page
        .getByRole('form', { name: 'Roll back' })
        .getByRole('button', { name: /^Roll back to/ })
        .click();
      await page.getByText('alpha goes back to generation 1').waitFor();
      await expect
        .poll(() => chart())
        .toEqual({
          version: '0.1.0',
          digest: expect.any(String) as string,
          update: '0.2.0',
        });
    });
  },
);

async function chart(): Promise<unknown> {
  const response = await fetch(`${server.url}/stores/${id}`);
  return ((await response.json()) as { chart?: unknown }).chart;
}
