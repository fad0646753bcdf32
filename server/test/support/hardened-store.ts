/** Hardening checks for every kind of cluster: refused to strangers, still available to the owner. */
import { expect } from 'vitest';
import type { StorePage } from './open-store.ts';
import { signedIn } from './merchant.ts';
import { logIn, type Open, ordersInAdmin, placeOrder } from './shopper.ts';

export interface HardenedStore {
  open: Open;
  login: { username: string; password: string };
  /** Writes a file below wp-content/uploads, as PHP of the store could. */
  putUpload: (path: string, text: string) => Promise<void>;
}

export interface Check {
  title: string;
  run: (store: HardenedStore) => Promise<void>;
}

const RAN = 'ran:42';
const SCRIPT = "<?php echo 'ran:' . (6 * 7);";
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** The same client from another address of this machine. */
const from =
  (open: Open, address: string): Open =>
  (path, visit) =>
    open(path, { ...visit, from: address });

const xmlrpc = (method: string): string =>
  `<?xml version="1.0"?><methodCall><methodName>${method}</methodName></methodCall>`;

const errorOf = ({ body }: StorePage): string | undefined => /id="login_error"[^>]*>(.*?)<\/div>/s.exec(body)?.[1];

async function productPath(open: Open): Promise<string> {
  const [product] = JSON.parse((await open('/wp-json/wc/store/v1/products')).body) as { permalink: string }[];
  return new URL(product?.permalink ?? '', 'http://store').pathname;
}

export const CHECKS: readonly Check[] = [
  {
    title: 'XML-RPC is off and not advertised',
    async run({ open }) {
      for (const method of ['system.multicall', 'system.listMethods', 'pingback.ping', 'wp.getUsersBlogs'])
        expect((await open('/xmlrpc.php', { method: 'POST', body: xmlrpc(method) })).status, method).toBe(403);
      for (const path of ['/xmlrpc.php', '/xmlrpc.php?rsd']) expect((await open(path)).status, path).toBe(403);
      for (const path of ['/', await productPath(open)]) {
        const page = await open(path);
        expect(page.headers['x-pingback']).toBeUndefined();
        expect(page.body).not.toMatch(/xmlrpc\.php|rel=.pingback/);
      }
    },
  },
  {
    title: 'REST lists users only when logged in',
    async run({ open, login }) {
      for (const path of [
        '/wp-json/wp/v2/users',
        '/wp-json/wp/v2/users/1',
        '/wp-json/wp/v2/Users',
        '/?rest_route=/wp/v2/users',
      ])
        expect((await open(path)).status, path).toBe(401);
      const headers = await signedIn(open, login);
      expect((await open('/wp-json/wp/v2/users', { headers })).status).toBe(200);
      const me = await open('/wp-json/wp/v2/users/me?context=edit', { headers });
      expect(JSON.parse(me.body)).toMatchObject({ username: login.username });
    },
  },
  {
    title: 'no page reveals the login name, no number an account',
    async run({ open, login }) {
      for (const query of [
        '?author=1',
        '?author=1&feed=rss2',
        '?author=-1',
        '?author=2',
        `author/${login.username}/`,
      ]) {
        const path = `/${query}`;
        const { status, headers, body } = await open(path);
        expect({ status, to: headers['location'] }, path).toEqual({ status: 404, to: undefined });
        expect(body, path).not.toMatch(/class="[^"]*\bauthor-/);
      }
      const product = await productPath(open);
      for (const path of [
        '/',
        product,
        '/feed/',
        '/comments/feed/',
        '/author/shop/',
        '/wp-sitemap.xml',
        '/wp-sitemap-users-1.xml',
        '/wp-json/wp/v2/pages?_embed',
        '/wp-json/wp/v2/comments?_embed',
        `/wp-json/oembed/1.0/embed?url=${encodeURIComponent((await open('/wp-json/')).body.match(/"home":"([^"]+)"/)?.[1]?.replaceAll('\\', '') ?? '')}${product}`,
      ]) {
        const { body } = await open(path);
        expect(body.length, path).toBeGreaterThan(1);
        expect(body, path).not.toContain(login.username);
        expect(body, path).not.toContain('wp-sitemap-users');
      }
    },
  },
  {
    title: 'login and password reset answer alike for known and unknown users',
    async run({ open, login }) {
      const client = from(open, '127.0.0.11');
      const unknown = await logIn(client, { username: 'nobody-here', password: 'wrong' });
      const wrong = await logIn(client, { username: login.username, password: 'wrong' });
      expect(errorOf(unknown)).toMatch(/do not match/);
      expect(errorOf(wrong)).toBe(errorOf(unknown));
      expect(wrong.body).not.toContain(login.username);
      const forgotten = async (user: string): Promise<object> => {
        const body = new URLSearchParams({ user_login: user }).toString();
        const form = { method: 'POST', headers: FORM, body } as const;
        const { status, headers } = await client('/wp-login.php?action=lostpassword', form);
        return { status, to: headers['location'] };
      };
      expect(await forgotten('nobody-here')).toEqual({ status: 302, to: '/wp-login.php?checkemail=confirm' });
      expect(await forgotten(login.username)).toEqual(await forgotten('nobody-here'));
      const basic = async (user: string): Promise<string> => {
        const headers = {
          Authorization: `Basic ${Buffer.from(`${user}:wrong`).toString('base64')}`,
          'X-Forwarded-Proto': 'https',
        };
        return (await client('/wp-json/wp/v2/users/me', { headers })).body;
      };
      expect(await basic(login.username)).toBe(await basic('nobody-here'));
    },
  },
  {
    title: 'five wrong passwords block only that address for that user',
    async run({ open, login }) {
      const client = from(open, '127.0.0.12');
      const wrong = (index: number): Promise<StorePage> => {
        const claimed: Open = (path, visit) =>
          client(path, { ...visit, headers: { ...visit?.headers, 'X-Forwarded-For': `203.0.113.${index}` } });
        return logIn(claimed, { username: login.username, password: `wrong ${index}` });
      };
      for (let index = 1; index <= 5; index += 1) expect((await wrong(index)).status, `try ${index}`).toBe(200);
      const sixth = await wrong(6);
      expect(sixth).toMatchObject({ status: 429, headers: { 'retry-after': '900' } });
      expect(errorOf(sixth)).toMatch(/Too many/);
      expect((await logIn(client, login)).status, 'the right one from there').toBe(429);
      expect((await logIn(client, { username: 'somebody-else', password: 'x' })).status, 'another user').toBe(200);
      expect((await logIn(from(open, '127.0.0.13'), login)).status, 'the right one from elsewhere').toBe(302);
    },
  },
  {
    title: 'simultaneous wrong passwords get no more than five tries; a right one resets the count',
    async run({ open, login }) {
      const client = from(open, '127.0.0.14');
      for (let index = 0; index < 4; index += 1) await logIn(client, { username: login.username, password: 'wrong' });
      expect((await logIn(client, login)).status).toBe(302);
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => logIn(client, { username: login.username, password: 'wrong' })),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
    },
  },
  {
    title: 'headers, pages and feeds reveal no version',
    async run({ open }) {
      for (const path of ['/', '/feed/', '/comments/feed/', '/wp-links-opml.php', '/wp-login.php', '/no-such-page/']) {
        const { headers, body } = await open(path);
        expect(headers['x-powered-by'], path).toBeUndefined();
        expect(String(headers['server'] ?? 'Apache'), path).toBe('Apache');
        expect(body, path).not.toMatch(/<generator|name=.generator|generator=/i);
      }
      expect((await open('/readme.html')).status).toBe(403);
    },
  },
  {
    title: 'wp-admin can’t edit files of plugins and themes',
    async run({ open, login }) {
      const headers = await signedIn(open, login);
      for (const page of ['theme-editor.php', 'plugin-editor.php']) {
        const { status, body } = await open(`/wp-admin/${page}`, { headers });
        expect(status, page).toBeGreaterThanOrEqual(403);
        expect(body, page).not.toContain('newcontent');
      }
    },
  },
  {
    title: 'wp-admin can’t update WordPress itself',
    async run({ open, login }) {
      const headers = await signedIn(open, login);
      // WordPress refuses with 403 where nothing can be updated, and with its default of 500 where plugins can.
      const upgrade = await open('/wp-admin/update-core.php?action=do-core-upgrade', { headers });
      expect(upgrade.status).toBeGreaterThanOrEqual(403);
      expect(upgrade.body).toContain('Sorry, you are not allowed to');
      const { status, body } = await open('/wp-admin/update-core.php', { headers });
      expect(body).not.toContain('do-core-');
      // Plugins and themes that can be installed can be updated.
      const { status: install } = await open('/wp-admin/plugin-install.php', { headers });
      expect(status).toBe(install);
    },
  },
  {
    title: 'no PHP runs below uploads, whatever its name and whatever an .htaccess says',
    async run({ open, putUpload }) {
      const htaccess =
        'SetHandler application/x-httpd-php\nAddType application/x-httpd-php .jpg\nphp_flag engine on\nRequire all granted\n<FilesMatch ".*">\nRequire all granted\nSetHandler application/x-httpd-php\n</FilesMatch>\n';
      await putUpload('probe/.htaccess', htaccess);
      for (const name of ['x.php', 'x.phtml', 'x.phar', 'x.PHP', 'x.php.jpg', 'x.jpg'])
        for (const folder of ['', 'probe/']) await putUpload(folder + name, SCRIPT);
      const names = [
        'x.php',
        'x.phtml',
        'x.phar',
        'x.PHP',
        'x.php/foo.jpg',
        'x.php?a.jpg',
        '%78.php',
        './x.php',
        'x.php/',
      ];
      for (const folder of ['', 'probe/'])
        for (const name of names) {
          const { status, body } = await open(`/wp-content/uploads/${folder}${name}`);
          expect(body, folder + name).not.toContain(RAN);
          expect(status, folder + name).toBe(403);
        }
      // Such a section comes after all of Apache's own, so the source may be shown, but it does not run.
      await putUpload('sections/.htaccess', `<If "true">\n${htaccess.split('<FilesMatch')[0]}</If>\n`);
      await putUpload('sections/x.php', SCRIPT);
      for (const path of [
        '/wp-content/uploads/sections/x.php',
        '/wp-content//uploads/x.php',
        '/wp-content/uploads/x.php.jpg',
        '/wp-content/uploads/probe/x.jpg',
      ])
        expect((await open(path)).body, path).not.toContain(RAN);
      await putUpload('mug.jpg', 'a file');
      expect(await open('/wp-content/uploads/mug.jpg')).toMatchObject({ status: 200, body: 'a file' });
    },
  },
  {
    title: 'an order succeeds; the owner finds it and edits pages and products',
    async run({ open, login }) {
      const order = await placeOrder(open);
      expect(order.status).toBe('processing');
      expect(await ordersInAdmin(open, login)).toContain(`#${order.id}`);
      const headers = await signedIn(open, login);
      const editor = await open('/wp-admin/post-new.php?post_type=page', { headers });
      expect(editor).toMatchObject({ status: 200, body: expect.stringContaining('wp-block-editor') as string });
      const product = await open('/wp-admin/post-new.php?post_type=product', { headers });
      expect(product).toMatchObject({
        status: 200,
        body: expect.stringContaining('woocommerce-product-data') as string,
      });
      const draft = await open('/wp-json/wp/v2/pages?_locale=user', {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: JSON.stringify({ title: 'About us', status: 'draft' }),
      });
      expect(draft.status).toBe(201);
    },
  },
];
