/** An embedded store serves every file that its pages request, and no private file under any spelling. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../support/open-store.ts';
import { MISSING, PATIENCE_MS, copiedStoresEnv } from '@shopyard/testkit/real-stores';
import { cookiesOf, logIn, type Open } from '../support/shopper.ts';
import { useServer } from '../support/use-server.ts';

if (MISSING) process.stderr.write(`Files of embedded stores are not tested: ${MISSING} is not there.\n`);

const used = useServer();
const volumes = join(used.dataDir, 'volumes');
let login: { username: string; password: string };
let content: string;
const open: Open = (path, visit) => openStore(used.server.url, 'alpha', path, visit);

beforeAll(async () => {
  if (MISSING) return;
  await used.start(copiedStoresEnv(used.dataDir));
  const { id } = await used.api.trpc.stores.create.mutate({ name: 'alpha' });
  await used.stores.phase('alpha', 'Ready', PATIENCE_MS);
  login = await used.api.trpc.stores.credentials.mutate({ id });
  const folders = readdirSync(volumes).map((name) => join(volumes, name));
  content = join(folders.find((folder) => readdirSync(folder).includes('wp-content')) ?? '', 'wp-content');
}, PATIENCE_MS);

const SECRET = 'a secret of the store';
const SCRIPT = `<?php echo 'a secret of', ' the store';`;
/** One file of each kind below wp-content. */
const FILES = {
  'debug.log': SECRET,
  '.hidden': SECRET,
  'backup.sql': SECRET,
  'backup.sql.gz': SECRET,
  'backup.db': SECRET,
  'backup.zip': SECRET,
  backup: SECRET,
  'database/store.sqlite': SECRET,
  'uploads/customers.csv': SECRET,
  'uploads/wc-logs/fatal.log': SECRET,
  'uploads/woocommerce_uploads/book.pdf': SECRET,
  'uploads/mail/1.json': SECRET,
  'uploads/shell.php': SCRIPT,
  'uploads/shell.phtml': SCRIPT,
  'uploads/folder/index.php': SCRIPT,
  'plugins/own/own.php': SCRIPT,
  'plugins/own/config.yaml': SECRET,
};

const encode = (text: string): string => text.replaceAll(/[^/]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
const SPELLINGS: Record<string, (path: string) => string> = {
  'as it is': (path) => path,
  'a slash at the end': (path) => `${path}/`,
  'two slashes at the end': (path) => `${path}//`,
  'an encoded slash': (path) => `${path}%2f`,
  'an encoded question mark': (path) => `${path}%3fx`,
  'an encoded question mark and a picture': (path) => `${path}%3fx.jpg`,
  'an encoded hash': (path) => `${path}%23x.jpg`,
  'a zero': (path) => `${path}%00`,
  'a zero and a picture': (path) => `${path}%00.jpg`,
  'a space': (path) => `${path}%20`,
  'a dot': (path) => `${path}.`,
  'a line break inside': (path) => path.replace(/.$/, '%0a$&'),
  'a tab inside': (path) => path.replace(/.$/, '%09$&'),
  'each character encoded': encode,
  'each character encoded twice': (path) => encode(path).replaceAll('%', '%25'),
  'by way of a folder': (path) => `/shop/..${path}`,
  'by way of a script': (path) => `/wp-login.php/..${path}`,
  'by way of a question mark': (path) => `/shop%3f/..${path}`,
  'behind a host': (path) => `//host${path}`,
  'behind a host by backslashes': (path) => `/%5c%5chost${path}`,
  'with backslashes': (path) => path.replaceAll('/', '\\'),
  'with double slashes': (path) => path.replaceAll('/', '//'),
  'in capitals': (path) => path.toUpperCase(),
};

describe.skipIf(MISSING)('a private file', () => {
  beforeAll(() => {
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(content, name)), { recursive: true });
      writeFileSync(join(content, name), text);
    }
  });

  test.each(Object.keys(SPELLINGS))('is refused when spelled %s', async (spelling) => {
    for (const name of [...Object.keys(FILES), 'uploads/folder/']) {
      const path = SPELLINGS[spelling]?.(`/wp-content/${name}`) ?? '';
      const { status, body } = await open(path);
      expect(status, path).toBe(path.startsWith('/') ? 403 : 400);
      expect(body).not.toContain(SECRET);
    }
  });
});

test.skipIf(MISSING)('PHP below wp-content never runs, whatever path follows it', async () => {
  for (const name of Object.keys(FILES).filter((file) => /\.ph/.test(file))) {
    for (const behind of ['/', '/photo.jpg', '/x', '%2fphoto.jpg', '/photo.jpg?x=1']) {
      const path = `/wp-content/${name}${behind}`;
      expect((await open(path)).status, path).toBe(403);
    }
  }
});

/** Shop, wp-admin and block editor. */
const PAGES = [
  '/',
  '/shop/',
  '/product/sample-mug/',
  '/cart/',
  '/checkout/',
  '/my-account/',
  '/wp-login.php?reauth=1',
  '/wp-admin/',
  '/wp-admin/admin.php?page=wc-orders',
  '/wp-admin/admin.php?page=wc-admin',
  '/wp-admin/admin.php?page=wc-settings',
  '/wp-admin/post-new.php?post_type=page',
  '/wp-admin/post-new.php?post_type=product',
  '/wp-admin/edit.php?post_type=product',
  '/wp-admin/upload.php',
  '/wp-admin/site-editor.php',
  '/wp-admin/customize.php',
  '/wp-admin/themes.php',
  '/wp-admin/users.php',
  '/wp-admin/options-general.php',
  '/wp-admin/site-health.php',
];

/** WordPress redirects to its logo, and refers to a worker that is missing from its zip. */
const NOT_FILES = /^\/favicon\.ico|\/script-modules\/vips\/worker\.min\.js/;

/** URLs of this store's files that a page loads, from markup, import maps and settings. */
function filesOf(html: string): string[] {
  const text = html
    .replaceAll('&amp;', '&')
    .replaceAll('&#038;', '&')
    .replaceAll('\\/', '/')
    .replaceAll('\\u0026', '&');
  const found = [
    ...text.matchAll(/<(?:script|img|source|iframe|video|audio)[^>]*?\ssrc=["']([^"']+)/g),
    ...text.matchAll(
      /<link[^>]*?rel=["'](?:stylesheet|icon|apple-touch-icon|modulepreload|preload)["'][^>]*?href=["']([^"']+)/g,
    ),
    ...text.matchAll(/<link[^>]*?href=["']([^"']+)["'][^>]*?rel=["'](?:stylesheet|icon|modulepreload|preload)["']/g),
    ...text.matchAll(
      /["'(](https?:[^"'()\s\\<>]+?\.(?:js|mjs|css|png|svg|gif|webp|jpe?g|woff2?|wasm|json)(?:\?[^"'()\s\\<>]*)?)["')]/g,
    ),
  ]
    // Templates for scripts have placeholders.
    .filter(([, address = '']) => !address.includes('{{'))
    .map(([, address = '']) => new URL(address, `${storeOrigin()}/wp-admin/`));
  return found.filter(({ origin }) => origin === storeOrigin()).map(({ pathname, search }) => pathname + search);
}
const storeOrigin = (): string => `http://alpha.localhost:${new URL(used.server.url).port}`;

test.skipIf(MISSING)(
  'shop, wp-admin and block editor load every file that they request',
  async () => {
    const headers = { Cookie: cookiesOf(await logIn(open, login)) };
    const [product] = JSON.parse((await open('/wp-json/wc/store/v1/products')).body) as { id: number }[];
    // An empty cart has no checkout.
    await open(`/?add-to-cart=${product?.id}`, { headers });
    const refused: string[] = [];
    const askedBy = new Map<string, string>();
    for (const page of PAGES) {
      const { status, body } = await open(page, { headers });
      if (status !== 200) refused.push(`${status} ${page}`);
      for (const file of filesOf(body)) askedBy.set(file, page);
    }
    const kinds = [...askedBy.keys()].map((file) => /\.(\w+)(\?|$)/.exec(file)?.[1]);
    expect(kinds).toEqual(expect.arrayContaining(['js', 'css', 'php']));
    expect(askedBy.size).toBeGreaterThan(200);
    for (const [file, page] of askedBy) {
      const { status } = await open(file, { headers });
      if (status !== 200 && !NOT_FILES.test(file)) refused.push(`${status} ${file} of ${page}`);
    }
    expect(refused).toEqual([]);
    process.stderr.write(`Files that ${PAGES.length} pages ask for, all answered: ${askedBy.size}.\n`);
  },
  2 * PATIENCE_MS,
);
