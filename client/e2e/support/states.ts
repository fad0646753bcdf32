/** The states of the dashboard that must hold in every look: what a person does to reach them. */
import type { Page } from 'playwright-core';

export interface State {
  name: string;
  /** Path of the page; `ID` is the id of `store`. */
  path: string;
  store?: string;
  /** Shown once the page is there. */
  ready: RegExp;
  act?: (page: Page) => Promise<void>;
}

/** Created before the first state, by name. */
export const STORES = {
  mugs: {},
  broken: { wordpress: { image: { tag: 'no-such-tag' } } },
  crashing: { wordpress: { image: { tag: 'simulate-crash' } } },
} as const;

const press =
  (key: string, shows: string) =>
  async (page: Page): Promise<void> => {
    await page.keyboard.press(key);
    await page.getByText(shows).first().waitFor();
  };
const LIST = { path: '/stores', ready: /^mugs$/ };

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
  { name: 'Ready', path: '/stores/ID', store: 'mugs', ready: /^Deployment wordpress/ },
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
    path: '/stores/ID',
    store: 'mugs',
    ready: /^Deployment wordpress/,
    act: (page) => page.getByRole('button', { name: 'Delete…' }).click(),
  },
  { name: 'activity', path: '/stores/ID/activity', store: 'crashing', ready: /^Started/ },
  { name: 'logs', path: '/stores/ID/logs', store: 'mugs', ready: /resuming normal operations/ },
  { name: 'settings', path: '/stores/ID/settings', store: 'mugs', ready: /^Shop name$/ },
  {
    name: 'settings as YAML',
    path: '/stores/ID/settings',
    store: 'mugs',
    ready: /^Shop name$/,
    act: async (page) => {
      await page.getByRole('button', { name: 'YAML' }).click();
      await page.locator('.cm-content').waitFor();
    },
  },
  {
    name: 'review',
    path: '/stores/ID/settings',
    store: 'mugs',
    ready: /^Shop name$/,
    act: async (page) => {
      await page.getByLabel('Shop name').fill('Mugs and more');
      await page.getByRole('button', { name: 'Review', exact: true }).click();
      await page.getByRole('heading', { name: 'Review changes' }).waitFor();
    },
  },
  { name: 'revisions', path: '/stores/ID/revisions?show=installed', store: 'mugs', ready: /kind: StatefulSet/ },
  { name: 'not found', path: '/stores/ID/nowhere', store: 'mugs', ready: /has no page at this address/ },
];
