/** Every page and dialog of the dashboard, with the stores that they show: for tests of how all of them look. */
import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import type { TestServer } from './server.ts';

interface Place {
  name: string;
  /** Address, given the ids of stores. */
  path: (idOf: (store: string) => string) => string;
  /** Shown once this text is there. */
  ready: RegExp;
  act?: (page: Page) => Promise<void>;
}

const LIST = { path: () => '/stores', ready: /^posters$/ };
const tabOf = (store: string, tab = '') => ({
  path: (idOf: (name: string) => string) => `/stores/${idOf(store)}${tab}`,
});

const PLACES: readonly Place[] = [
  { name: 'list', ...LIST },
  { name: 'no-match', path: () => '/stores?q=nothing-like-it', ready: /^No stores match/ },
  {
    name: 'selected',
    ...LIST,
    act: (page) => page.getByLabel('Select posters').check(),
  },
  {
    name: 'row-menu',
    ...LIST,
    act: async (page) => {
      await page.getByRole('button', { name: 'Actions for posters' }).click();
      await page.getByRole('menuitem', { name: 'Logs' }).waitFor();
    },
  },
  { name: 'store', ...tabOf('mugs'), ready: /^Deployment wordpress/ },
  {
    name: 'failed',
    ...tabOf('broken'),
    ready: /not found/,
    act: (page) => page.getByText('Show events').click(),
  },
  { name: 'crashing', ...tabOf('crashing'), ready: /exit code 1/ },
  { name: 'logs', ...tabOf('mugs', '/logs'), ready: /resuming normal operations/ },
  { name: 'activity', ...tabOf('crashing', '/activity'), ready: /^Started/ },
  { name: 'release', ...tabOf('mugs', '/release'), ready: /kind: StatefulSet/ },
  { name: 'settings', ...tabOf('mugs', '/settings'), ready: /^Shop name$/ },
  { name: 'home', path: () => '/?hours=1', ready: /^Stores by phase$/ },
  { name: 'not-found', path: () => '/nowhere', ready: /^This page doesn't exist/ },
  {
    name: 'delete',
    ...tabOf('crashing'),
    ready: /exit code 1/,
    act: (page) => page.getByRole('button', { name: /^(Delete|Cancel creation)…$/ }).click(),
  },
  { name: 'create', ...LIST, act: (page) => page.keyboard.press('n') },
  { name: 'help', ...LIST, act: (page) => page.keyboard.press('?') },
  { name: 'palette', ...LIST, act: (page) => page.keyboard.press('ControlOrMeta+k') },
  // Last: a browser asks before it leaves a page with something typed.
  {
    name: 'create-several',
    ...LIST,
    act: async (page) => {
      await page.keyboard.press('n');
      await page.getByRole('button', { name: 'Create several…' }).click();
      await page.getByRole('textbox', { name: 'Stores' }).fill('Tea\nCoffee\nmugs');
      await page.getByText('mugs already exists').waitFor();
      await page.getByText('All values', { exact: true }).click();
      await page.keyboard.press('Escape');
      await page.getByText('Discard what you typed?').waitFor();
    },
  },
];

/** Creates the stores that the places show, and waits until they are Ready or have failed; resolves with ids by name. */
export async function createStores(server: TestServer): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const [name, tag] of [
    ['mugs', undefined],
    ['posters', undefined],
    ['broken', 'no-such-tag'],
    ['crashing', 'simulate-crash'],
  ] as const) {
    const values = tag ? { wordpress: { image: { tag } } } : {};
    ids.set(name, String((await server.call('POST', '/stores', { name, values })).body['id']));
  }
  for (const [name, phase] of [
    ['mugs', 'Ready'],
    ['posters', 'Ready'],
    ['broken', 'Failed'],
  ] as const)
    await vi.waitFor(
      async () => expect((await server.call('GET', `/stores/${ids.get(name)}`)).body).toMatchObject({ phase }),
      { timeout: 60_000, interval: 200 },
    );
  return ids;
}

/** Opens each place in turn. */
export async function openEach(
  { page, url, ids }: { page: Page; url: string; ids: ReadonlyMap<string, string> },
  look: (place: string) => Promise<void>,
): Promise<void> {
  for (const { name, path, ready, act } of PLACES) {
    await page.goto(url + path((store) => ids.get(store) ?? ''));
    await page.getByText(ready).first().waitFor();
    await act?.(page);
    await settle(page);
    await look(name);
  }
}

/** Waits for what moves only once. */
async function settle(page: Page): Promise<void> {
  const moving = (): Promise<number> =>
    page.evaluate(() => {
      const running = document.getAnimations().filter(({ playState }) => playState === 'running');
      return running.filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity).length;
    });
  await expect.poll(moving).toBe(0);
}
