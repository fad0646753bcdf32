/** The states of the dashboard that `npm run screenshots` takes, with the stores that they show. */
import type { Page } from 'playwright-core';

/** Created before the first screenshot, in this order; `values` make some of them fail. */
export const STORES: readonly { name: string; values?: object; labels?: Record<string, string> }[] = [
  { name: 'harbor-coffee', labels: { team: 'north', plan: 'starter' } },
  { name: 'posters', labels: { team: 'north' } },
  { name: 'mugs-and-more', values: { size: 'medium' }, labels: { team: 'south' } },
  { name: 'bookbinder', labels: { team: 'south' } },
  { name: 'flowers-for-every-season-and-an-occasion', labels: { team: 'south' } },
  { name: 'garden-tools', values: { wordpress: { image: { tag: 'no-such-tag' } } } },
  { name: 'wool-shop', values: { mariadb: { image: { tag: 'simulate-crash' } } } },
  { name: 'bicycles', values: { wordpress: { image: { tag: 'simulate-slow-start' } } } },
];

export interface Screenshot {
  name: string;
  /** Path of the page; `ID` is the id of `store`. */
  path: string;
  store?: string;
  /** A page of the store of this name, as its visitors see it, rather than of the dashboard. */
  host?: string;
  /** Also taken on a wide screen, zoomed and in forced colours. */
  inEveryLook?: true;
  /** Shown once this text is there. */
  ready: RegExp;
  /** What a person does before the picture is taken. */
  act?: (page: Page) => Promise<void>;
  /** Only on wide screens. */
  wide?: true;
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
  { name: 'list', path: '/stores', ready: /harbor-coffee/, inEveryLook: true },
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
  { name: 'pane', path: '/stores?open=ID', store: 'garden-tools', ready: /Fix image/, wide: true },
  { name: 'pane-coming-up', path: '/stores?open=ID', store: 'bicycles', ready: /All activity/, wide: true },
  { name: 'palette', path: '/stores', ready: /harbor-coffee/, act: press('Control+k') },
  { name: 'help', path: '/stores', ready: /harbor-coffee/, act: press('?') },
  {
    name: 'create',
    path: '/stores',
    ready: /harbor-coffee/,
    act: async (page) => {
      await page.keyboard.press('n');
      await page.getByLabel('Shop name', { exact: true }).fill('Grandma’s Kitchen');
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
  {
    name: 'create-errors',
    path: '/stores',
    ready: /harbor-coffee/,
    act: async (page) => {
      await page.keyboard.press('n');
      await page.getByLabel('Name', { exact: true }).fill('Posters!');
      await page.getByText('All values', { exact: true }).click();
      await page.getByLabel('Helm values, as YAML').fill('store:\n  titel: Mugs\n');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('button', { name: 'Create store' }).click();
    },
  },
  { name: 'coming-up', path: '/stores/ID', store: 'bicycles', ready: /Steps/ },
  { name: 'ready', path: '/stores/ID', store: 'harbor-coffee', ready: /Creation completed/, inEveryLook: true },
  { name: 'why', path: '/stores/ID', store: 'garden-tools', ready: /Fix image/ },
  { name: 'crashing', path: '/stores/ID', store: 'wool-shop', ready: /Resources/ },
  { name: 'activity', path: '/stores/ID/activity', store: 'garden-tools', ready: /created the store/ },
  {
    name: 'logs',
    path: '/stores/ID/logs',
    store: 'harbor-coffee',
    ready: /resuming normal operations/,
    inEveryLook: true,
  },
  { name: 'settings', path: '/stores/ID/settings', store: 'mugs-and-more', ready: /Shop name/ },
  {
    name: 'settings-fix',
    path: '/stores/ID/settings?field=wordpress.image.tag',
    store: 'garden-tools',
    ready: /Shop name/,
  },
  {
    name: 'settings-review',
    path: '/stores/ID/settings',
    store: 'mugs-and-more',
    ready: /Shop name/,
    act: async (page) => {
      await page.getByLabel('Shop name').fill('Mugs and more');
      await page.getByRole('button', { name: 'Review', exact: true }).click();
      await page
        .getByRole('form', { name: 'Review' })
        .getByText(/estart/)
        .first()
        .waitFor();
    },
  },
  { name: 'release', path: '/stores/ID/release', store: 'harbor-coffee', ready: /kind: / },
  {
    name: 'delete',
    path: '/stores/ID',
    store: 'flowers-for-every-season-and-an-occasion',
    ready: /Resources/,
    act: (page) => page.getByRole('button', { name: 'Delete…' }).click(),
  },
  { name: 'not-found', path: '/nowhere', ready: /doesn't exist/ },
  {
    name: 'home-tooltip',
    path: '/?hours=1',
    ready: /Stores by phase/,
    act: async (page) => {
      // The plots begin with the second sample, a minute after the start.
      await page.getByRole('slider').first().focus({ timeout: 120_000 });
      await page.keyboard.press('ArrowLeft');
    },
  },
  {
    name: 'error',
    path: '/stores',
    ready: /harbor-coffee/,
    act: async (page) => {
      await page.route(/home-page.*\.js/, (route) => route.fulfill({ status: 404, body: '' }));
      await page.goto(new URL('/', page.url()).href);
      await page.getByText('Shopyard was updated').waitFor();
      await page.unroute(/home-page.*\.js/);
    },
  },
  { name: 'visitor-soon', path: '/', host: 'garden-tools', ready: /opens soon/ },
  { name: 'visitor-nowhere', path: '/', host: 'nowhere', ready: /No shop/ },
];

/** Of a server with many stores, which change, and with mail. */
export const MANY: readonly Screenshot[] = [
  { name: 'list-2000', path: '/stores', ready: /store-1999/ },
  { name: 'mail', path: '/stores/st_1/mail', ready: /Your order/ },
];

/** What `MANY` shows as mail. */
export const MAILS = [
  {
    at: '2026-11-25T10:02:00Z',
    to: ['ada@example.com'],
    from: 'Harbor Coffee <shop@example.com>',
    subject: 'Your order #12 has been received',
    message: '<h1>Thank you</h1><p>We are roasting your <b>House Blend, 500 g</b>.</p><p>Total: 18.50 EUR</p>',
    html: true,
    attachments: ['invoice.pdf'],
  },
  {
    at: '2026-11-25T10:00:00Z',
    to: ['owner@example.com'],
    from: 'Harbor Coffee <shop@example.com>',
    subject: 'New order #12',
    message: 'Hi,\n\nan order has arrived: 1 × House Blend.',
    html: false,
  },
];
