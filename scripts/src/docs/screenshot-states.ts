/** The states of the dashboard that `npm run screenshots` takes, with the stores that they show. */
import type { Page } from 'playwright-core';

/** Created before the first screenshot, in this order; `values` make some of them fail. */
export const STORES: readonly { name: string; values?: object; labels?: Record<string, string> }[] = [
  { name: 'harbor-coffee', labels: { team: 'north', plan: 'starter' } },
  { name: 'posters', labels: { team: 'north' } },
  { name: 'mugs-and-more', values: { size: 'medium' }, labels: { team: 'south' } },
  { name: 'bookbinder', labels: { team: 'south' } },
  { name: 'garden-tools', values: { wordpress: { image: { tag: 'no-such-tag' } } } },
  { name: 'wool-shop', values: { mariadb: { image: { tag: 'simulate-crash' } } } },
  { name: 'bicycles', values: { wordpress: { image: { tag: 'simulate-slow-start' } } } },
];

export interface Screenshot {
  name: string;
  /** Path of the page; `ID` is the id of `store`. */
  path: string;
  store?: string;
  /** Shown once this text is there. */
  ready: RegExp;
  /** What a person does before the picture is taken. */
  act?: (page: Page) => Promise<void>;
}

const press =
  (...keys: string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };

/** Of a server without stores. */
export const FIRST_VISIT: readonly Screenshot[] = [
  { name: 'first-visit', path: '/stores', ready: /No stores yet/ },
  { name: 'first-home', path: '/', ready: /Home/ },
];

export const SCREENSHOTS: readonly Screenshot[] = [
  { name: 'home', path: '/', ready: /Recent activity/ },
  { name: 'list', path: '/stores', ready: /harbor-coffee/ },
  { name: 'list-no-match', path: '/stores?q=nothing-like-it', ready: /No stores match/ },
  { name: 'list-attention', path: '/stores?attention=1', ready: /garden-tools/ },
  {
    name: 'list-selected',
    path: '/stores',
    ready: /harbor-coffee/,
    act: async (page) => {
      for (const name of ['posters', 'bookbinder']) await page.getByLabel(`Select ${name}`).check();
    },
  },
  { name: 'palette', path: '/stores', ready: /harbor-coffee/, act: press('Control+k') },
  { name: 'help', path: '/stores', ready: /harbor-coffee/, act: press('?') },
  {
    name: 'create',
    path: '/stores',
    ready: /harbor-coffee/,
    act: async (page) => {
      await page.keyboard.press('n');
      await page.getByLabel('Title', { exact: true }).fill('Grandma’s Kitchen');
    },
  },
  {
    name: 'create-several',
    path: '/stores',
    ready: /harbor-coffee/,
    act: async (page) => {
      await page.keyboard.press('n');
      await page.getByText('Create several…').click();
      await page.getByRole('dialog').getByRole('textbox').first().fill('Tea House\nLamps & Shades\nposters');
    },
  },
  { name: 'coming-up', path: '/stores/ID', store: 'bicycles', ready: /Steps/ },
  { name: 'ready', path: '/stores/ID', store: 'harbor-coffee', ready: /Creation completed/ },
  { name: 'why', path: '/stores/ID', store: 'garden-tools', ready: /Fix image/ },
  { name: 'crashing', path: '/stores/ID', store: 'wool-shop', ready: /Resources/ },
  { name: 'activity', path: '/stores/ID/activity', store: 'garden-tools', ready: /created the store/ },
  { name: 'logs', path: '/stores/ID/logs', store: 'harbor-coffee', ready: /resuming normal operations/ },
  { name: 'settings', path: '/stores/ID/settings', store: 'mugs-and-more', ready: /Shop name/ },
  {
    name: 'settings-fix',
    path: '/stores/ID/settings?field=wordpress.image.tag',
    store: 'garden-tools',
    ready: /Shop name/,
  },
  { name: 'release', path: '/stores/ID/release', store: 'harbor-coffee', ready: /kind: / },
  {
    name: 'delete',
    path: '/stores/ID',
    store: 'posters',
    ready: /Resources/,
    act: (page) => page.getByRole('button', { name: 'Delete…' }).click(),
  },
  { name: 'not-found', path: '/nowhere', ready: /doesn't exist/ },
];
