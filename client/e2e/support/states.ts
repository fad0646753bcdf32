/** The states of the dashboard that must hold in every look: what a person does to reach them. */
import type { Page } from 'playwright-core';
import { breakDetails, CRASH } from './crash.ts';

export interface State {
  name: string;
  /** Path of the page; `ID` is the id of `store`. */
  path: string;
  store?: string;
  /** Before the page loads. */
  before?: (page: Page) => Promise<unknown>;
  /** Shown once the page is there. */
  ready: RegExp;
  act?: (page: Page) => Promise<void>;
  /** Console errors that belong to the state. */
  tolerate?: RegExp;
}

/** Created before the first state, by name. `asleep` is suspended. */
export const STORES = {
  mugs: {},
  posters: {},
  asleep: {},
  broken: { wordpress: { image: { tag: 'no-such-tag' } } },
  crashing: { wordpress: { image: { tag: 'simulate-crash' } } },
} as const;

const press =
  (key: string, shows: string) =>
  async (page: Page): Promise<void> => {
    await page.keyboard.press(key);
    await page.getByText(shows).first().waitFor();
  };
const click = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();
const openMenu = async (page: Page, label: string, item?: string): Promise<void> => {
  await click(page, label);
  const first = page.getByRole('menu', { name: label }).locator('button').first();
  await first.waitFor();
  if (item !== undefined) await page.getByRole('menu', { name: label }).getByText(item).click();
};
/** Waits for a message and keeps it: as long as the messages are opened by their key, none of them goes. */
const keepToast = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('listitem').filter({ hasText: text }).waitFor();
  await page.keyboard.press('Alt+t');
};
/** Nothing answers: what is loading stays so. */
const silence = (page: Page): Promise<void> => page.routeWebSocket(/trpc/, () => undefined);

const LIST = { path: '/stores', ready: /^mugs$/ };
const MUGS = { path: '/stores/ID', store: 'mugs', ready: /^Deployment wordpress/ };
const SETTINGS = { path: '/stores/ID/settings', store: 'mugs', ready: /^Shop name$/ };

export const STATES: readonly State[] = [
  { name: 'home', path: '/?hours=1', ready: /^Stores by phase$/ },
  { name: 'list', ...LIST },
  { name: 'no match', path: '/stores?q=nothing-like-it', ready: /No stores match/ },
  { name: 'pane', path: '/stores?open=ID', store: 'broken', ready: /Fix image/ },
  { name: 'palette', ...LIST, act: press('Control+k', 'Stores that need attention') },
  { name: 'help', ...LIST, act: press('?', 'Keyboard shortcuts') },
  { name: 'create', ...LIST, act: press('n', 'Create several…') },
  {
    name: 'create several',
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
  {
    name: 'bulk',
    ...LIST,
    act: async (page) => {
      await page.getByLabel('Select mugs').click();
      await page.getByRole('button', { name: 'Delete 1' }).waitFor();
    },
  },
  {
    name: 'delete several',
    ...LIST,
    act: async (page) => {
      await page.getByLabel(/^Select all \d+ shown/).click();
      await click(page, /^Delete \d+$/);
      await page.getByRole('dialog').getByRole('textbox').fill('delete');
    },
  },
  { name: 'menu of a row', ...LIST, act: (page) => openMenu(page, 'Actions for mugs') },
  { name: 'columns', ...LIST, act: (page) => openMenu(page, 'Columns') },
  { name: 'views', ...LIST, act: (page) => openMenu(page, 'Views') },
  {
    name: 'editing views',
    ...LIST,
    act: async (page) => {
      await openMenu(page, 'Views', 'Save or edit views…');
      await page.getByLabel('Name for this view').fill('All');
      await page.keyboard.press('Enter');
      await openMenu(page, 'Views', 'Save or edit views…');
      await page.getByRole('textbox', { name: 'Rename All' }).waitFor();
    },
  },
  { name: 'themes', ...LIST, act: (page) => openMenu(page, 'Theme: System theme') },
  {
    name: 'about the embedded cluster',
    ...LIST,
    act: async (page) => {
      await click(page, /^Embedded/);
      await page.getByText('Stores here are').waitFor();
    },
  },
  { name: 'loading the list', path: '/stores', before: silence, ready: /^Loading…$/ },
  { name: 'loading a store', path: '/stores/ID', store: 'mugs', before: silence, ready: /^Loading…$/ },
  { name: 'Ready', ...MUGS },
  { name: 'suspended', path: '/stores/ID', store: 'asleep', ready: /^Resume$/ },
  { name: 'copying', ...MUGS, act: (page) => openMenu(page, 'Copy…') },
  {
    name: 'message',
    ...MUGS,
    act: async (page) => {
      await page.context().grantPermissions(['clipboard-write']);
      await openMenu(page, 'Copy…', 'Copy as kubectl');
      await keepToast(page, 'Copied: kubectl');
    },
  },
  {
    name: 'message with Undo',
    path: '/stores/ID',
    store: 'posters',
    ready: /^Suspend$/,
    act: async (page) => {
      await click(page, 'Suspend');
      await keepToast(page, 'Suspending posters');
      await page.getByRole('button', { name: 'Undo' }).waitFor();
    },
  },
  {
    name: 'restarting the database',
    ...MUGS,
    act: async (page) => {
      await openMenu(page, 'Restart another part', 'Restart database…');
      await page.getByRole('heading', { name: 'Restart the database of mugs?' }).waitFor();
    },
  },
  {
    name: 'Failed, with events',
    path: '/stores/ID',
    store: 'broken',
    ready: /not found/,
    act: async (page) => {
      await page.getByText('Show events').click();
      await page.getByText('Hide events').waitFor();
    },
  },
  { name: 'crashing', path: '/stores/ID', store: 'crashing', ready: /exit code 1/ },
  {
    name: 'delete',
    ...MUGS,
    act: async (page) => {
      // The store is not new any more, so its name has to be typed.
      await page.clock.setSystemTime(Date.now() + 120_000);
      await click(page, 'Delete…');
      await page.getByText('to confirm').waitFor();
    },
  },
  { name: 'activity', path: '/stores/ID/activity', store: 'crashing', ready: /^Started/ },
  { name: 'logs', path: '/stores/ID/logs', store: 'mugs', ready: /resuming normal operations/ },
  {
    name: 'logs, filtered',
    path: '/stores/ID/logs?regex=1',
    store: 'mugs',
    ready: /resuming normal operations/,
    act: async (page) => {
      await page.getByLabel('Search the log').fill('resuming');
      await page.getByRole('log').locator('mark').first().waitFor();
      await page.getByLabel('Exclude lines').fill('(');
      await page.getByText('Not a regular expression').waitFor();
    },
  },
  { name: 'settings', ...SETTINGS },
  {
    name: 'leaving unsaved settings',
    ...SETTINGS,
    act: async (page) => {
      await page.getByLabel('Shop name').fill('Mugs and more');
      await page.getByRole('link', { name: 'Home', exact: true }).click();
      await page.getByText('Discard unsaved changes?').waitFor();
    },
  },
  {
    name: 'settings as YAML',
    ...SETTINGS,
    act: async (page) => {
      await page.getByRole('button', { name: 'YAML' }).click();
      await page.locator('.cm-content').waitFor();
    },
  },
  {
    name: 'review',
    ...SETTINGS,
    act: async (page) => {
      await page.getByLabel('Shop name').fill('Mugs and more');
      await page.getByRole('button', { name: 'Review', exact: true }).click();
      await page.getByRole('heading', { name: 'Review changes' }).waitFor();
    },
  },
  { name: 'revisions', path: '/stores/ID/revisions?show=installed', store: 'mugs', ready: /kind: StatefulSet/ },
  {
    name: 'failed page',
    path: '/stores/ID',
    store: 'mugs',
    before: breakDetails,
    ready: /Something unexpected went wrong/,
    tolerate: CRASH,
  },
  { name: 'no such tab', path: '/stores/ID/nowhere', store: 'mugs', ready: /has no page at this address/ },
  { name: 'no such store', path: '/stores/st_0000000000000000', ready: /^Store not found/, tolerate: /404/ },
  { name: 'not found', path: '/nowhere', ready: /^This page doesn't exist/, tolerate: /404/ },
];
