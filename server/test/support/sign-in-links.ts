/** Checks of sign-in links for every kind of cluster: they work once, for a minute, in one store. */
import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import type { StorePage } from './open-store.ts';
import { cookiesOf, logIn, type Open } from './shopper.ts';

export interface LinkedStore {
  open: Open;
  url: string;
  login: { username: string; password: string };
  /** A new link; `to` as in the API. */
  link: (to?: string) => Promise<string>;
  /** Contents of its Secret. */
  credentials: Record<string, string>;
}

export interface Check {
  title: string;
  run: (store: LinkedStore, other: LinkedStore) => Promise<void>;
}

export const pathOf = (url: string): string => new URL(url).href.slice(new URL(url).origin.length);

const outcome = ({ status, headers }: StorePage): { status: number; signedIn: boolean } => ({
  status,
  signedIn: headers['set-cookie'] !== undefined,
});

async function expectRefused(page: StorePage, why: RegExp): Promise<void> {
  expect(outcome(page)).toEqual({ status: 403, signedIn: false });
  expect(page.body).toMatch(why);
  expect(page.headers['cache-control']).toContain('no-store');
}

/** A link made by hand, from what the store and Shopyard share. */
function forge({ url, credentials }: LinkedStore, change: object): string {
  const link = { user: credentials['wordpress-username'], to: '', nonce: `${Math.random()}`, expires: 0, ...change };
  const text = Buffer.from(JSON.stringify(link)).toString('base64url');
  const secret = `${credentials['secure-auth-key']}${credentials['secure-auth-salt']}`;
  const key = createHmac('sha256', secret).update('shopyard sign-in link v1').digest();
  const signature = createHmac('sha256', key).update(`${url}\n${text}`).digest('base64url');
  return `/wp-login.php?shopyard-sign-in-token=${text}.${signature}`;
}

const nowS = (): number => Math.floor(Date.now() / 1000);

export const CHECKS: readonly Check[] = [
  {
    title: 'a link leads into wp-admin once, and its token leaves the address',
    async run({ open, url, link, login }) {
      const path = pathOf(await link());
      const first = await open(path);
      expect(outcome(first)).toEqual({ status: 303, signedIn: true });
      expect(first.headers).toMatchObject({ location: `${url}/wp-admin/`, 'referrer-policy': 'no-referrer' });
      expect(first.headers['cache-control']).toContain('no-store');
      const admin = await open('/wp-admin/profile.php', { headers: { Cookie: cookiesOf(first) } });
      expect(admin.status).toBe(200);
      expect(admin.body).toContain(login.username);
      await expectRefused(await open(path), /has been used/);
      expect((await open('/wp-admin/', {})).status).toBe(302);
    },
  },
  {
    title: 'a link leads to the page that was asked for',
    async run({ open, url, link }) {
      const to = 'edit.php?post_type=product';
      const page = await open(pathOf(await link(to)));
      expect(page.headers['location']).toBe(`${url}/wp-admin/${to}`);
    },
  },
  {
    title: 'of twenty who open a link at the same moment, one is signed in',
    async run({ open, link }) {
      const path = pathOf(await link());
      const pages = await Promise.all(Array.from({ length: 20 }, () => open(path)));
      const outcomes = pages.map(outcome);
      expect(outcomes.filter(({ signedIn }) => signedIn)).toEqual([{ status: 303, signedIn: true }]);
      expect(outcomes.filter(({ status }) => status === 403)).toHaveLength(19);
    },
  },
  {
    title: 'an expired link, one that lasts too long and one with another page are refused',
    async run(store) {
      const { open, link } = store;
      await expectRefused(await open(forge(store, { expires: nowS() - 5 })), /has expired/);
      await expectRefused(await open(forge(store, { expires: nowS() + 600 })), /has expired/);
      await expectRefused(await open(forge(store, { expires: nowS() + 30, to: '//evil.example' })), /not made for/);
      await expectRefused(await open((await link()).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')).slice(store.url.length)), /not made for/); // prettier-ignore
      // The forgery itself is right.
      expect(outcome(await open(forge(store, { expires: nowS() + 30 })))).toEqual({ status: 303, signedIn: true });
    },
  },
  {
    title: "another store's link is refused, and works in its own",
    async run({ open }, other) {
      const path = pathOf(await other.link());
      await expectRefused(await open(path), /not made for this store/);
      expect(outcome(await other.open(path))).toEqual({ status: 303, signedIn: true });
    },
  },
  {
    title: 'a link works for who is locked out by wrong passwords, and frees nobody else',
    async run({ open, link, login }) {
      const stranger: Open = (path, visit) => open(path, { ...visit, from: '127.0.0.21' });
      for (let n = 0; n < 5; n++) await logIn(stranger, { ...login, password: 'wrong' });
      expect((await logIn(stranger, login)).status).toBe(429);
      expect(outcome(await stranger(pathOf(await link())))).toEqual({ status: 303, signedIn: true });
      expect((await logIn(stranger, login)).status).toBe(429);
    },
  },
];
