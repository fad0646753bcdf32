import { array, assert, constantFrom, nat, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPrivate } from './private-path.ts';

/** One private file of each kind that a store may have. */
const PRIVATE = [
  '/.htaccess',
  '/wp-config.php',
  '/wp-config-sample.php',
  '/wp-load.php',
  '/readme.html',
  '/xmlrpc.php',
  '/license.txt',
  '/composer.json',
  '/wp-admin/install.php',
  '/wp-admin/includes/file.php',
  '/wp-admin/maint/repair.php',
  '/wp-includes/version.php',
  '/wp-content/.setup-abc',
  '/wp-content/db.php',
  '/wp-content/debug.log',
  '/wp-content/backup.sql.gz',
  '/wp-content/backup.db',
  '/wp-content/backup.zip',
  '/wp-content/backup',
  '/wp-content/database/store.sqlite',
  '/wp-content/mu-plugins/own.php',
  '/wp-content/plugins/own/own.php',
  '/wp-content/plugins/own/config.yaml',
  '/wp-content/uploads/customers.csv',
  '/wp-content/uploads/shell.php',
  '/wp-content/uploads/shell.phtml',
  '/wp-content/uploads/shell.php7',
  '/wp-content/uploads/shell.phar',
  '/wp-content/uploads/shell.php/photo.jpg',
  '/wp-content/uploads/shell.php/x',
  '/wp-content/uploads/folder/',
  '/wp-content/uploads/mail/1.json',
  '/wp-content/uploads/wc-logs/fatal.log',
  '/wp-content/uploads/woocommerce_uploads/book.pdf',
];

test.each([
  ...PRIVATE,
  '/WP-content/Database/x',
  '/wp-content//uploads/wc-logs/x.pdf',
  '/wp-content/uploads/%2577c-logs/x.pdf',
  '/x/../wp-content/uploads/wc-logs/x.pdf',
  '/x%2f..%2fwp-config.php',
  '/shop/%2e%2e/wp-content/uploads/wc-logs/x.pdf',
  '/shop%3f/../wp-content/uploads/wc-logs/x.pdf',
  '/wp-login.php%23/../wp-content/uploads/wc-logs/x.pdf',
  '/wp-content\\uploads\\wc-logs\\x.pdf',
  '/%5c%5chost/wp-content/uploads/wc-logs/x.pdf',
  '//host/wp-content/uploads/wc-logs/x.pdf',
  '/\\host/wp-content/uploads/wc-logs/x.pdf',
  'http://host/wp-content/uploads/wc-logs/x.pdf',
  '/wp-content/de%0abug.log',
  '/wp-content/uploads/wc-lo%09gs/x.pdf',
  '/wp-content/uploads/wc-logs%00/x.pdf',
  '/wp-content/uploads/wc-log\u017F/x.pdf',
  '/wp-config.php?x=1',
  '/wp-content/debug.log#x.jpg',
  '/wp-content/debug.log%3fx.jpg',
  '/wp-content/debug.log%23x.jpg',
  '/wp-content/debug.log%00x.jpg',
  '/wp-content/debug.log%2f',
  '/wp-content/debug.log%20',
  '/wp-content/debug.log/photo.jpg',
  '/wp-content/debug.log/folder/photo.jpg',
  '/wp-content/uploads/customers.csv/photo.jpg',
  '/wp-content/uploads/2026/photo.jpg/other.jpg',
  '/wp-config-sample.txt/robots.txt',
  '/wp-content/debug.log./',
  '/index.php/wp-content/debug.log',
  '/wp-login.php/../wp-config.php',
  '/%',
  '',
])('treats %s as private', (url) => {
  expect(isPrivate(url)).toBe(true);
});

test.each([
  '/',
  '/shop/?orderby=price',
  '/shop/page/2/',
  '/wp-login.php?action=lostpassword',
  '/wp-cron.php?doing_wp_cron',
  '/wp-comments-post.php',
  '/index.php',
  '/index.php/shop/',
  '/wp-admin/',
  '/wp-admin/network/',
  '/wp-admin/admin-ajax.php',
  '/wp-admin/post-new.php?post_type=page',
  '/wp-admin/load-scripts.php?c=0&load%5Bchunk_0%5D=jquery-core,utils&ver=7.1',
  '/wp-json/wc/store/v1/cart',
  '/wp-json/oembed/1.0/embed?url=x',
  '/wp-json/wp/v2/templates/twentytwentyfive//home',
  '/wp-content/uploads/2026/11/my.photo.jpg',
  '/wp-content/uploads/2026/11/Photo.JPG',
  '/wp-content/plugins/woocommerce/assets/client/blocks/cart.js?ver=1.2.3',
  '/wp-content/themes/twentytwentyfive/assets/fonts/manrope/Manrope-VariableFont_wght.woff2',
  '/wp-includes/js/tinymce/wp-tinymce.php?c=1',
  '/robots.txt',
  '/wp-sitemap.xml',
  '/wp-sitemap-posts-product-1.xml',
  '/wp-sitemap.xsl',
  '/favicon.ico',
  '/product/a-%C3%BC-mug/',
  '/product/wp-content-mug/',
  '/product-category/caf%C3%A9s/',
  '/my-account/view-order/12/?key=a.b.php',
])('treats %s as public', (url) => {
  expect(isPrivate(url)).toBe(false);
});

describe('any other spelling of a private path', () => {
  const hex = (char: string, upper: boolean): string => {
    const text = [...Buffer.from(char)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    return upper ? text.toUpperCase() : text;
  };
  const again = (text: string): string => text.replaceAll('%', '%25');
  const spellings: ((char: string) => string)[] = [
    (char) => char,
    (char) => char.toUpperCase(),
    (char) => hex(char, true),
    (char) => hex(char, false),
    (char) => hex(char.toUpperCase(), false),
    (char) => again(hex(char, true)),
    (char) => again(again(hex(char, false))),
    (char) => (char === '/' ? '//' : char),
    (char) => (char === '/' ? '/./' : char),
    (char) => (char === '/' ? '/x/../' : char),
    (char) => (char === '/' ? '\\' : char),
    (char) => (char === '/' ? '%5c' : char),
    (char) => `${char}%0a`,
  ];
  const endings = [
    '',
    '/',
    '//',
    '%2f',
    '.',
    '%2e',
    '%20',
    '+',
    '%00',
    '%00.jpg',
    '?x.jpg',
    '#x.jpg',
    '%3fx.jpg',
    '%23x.jpg',
  ];
  const more = ['%252f', '%2500.jpg', '%253fx.jpg', '%2523.jpg', '%09', '/.', '/%2e', '. . ', '%5c'];
  const spelled = record({
    path: constantFrom(...PRIVATE),
    choices: array(nat(spellings.length * 4 - 1), { minLength: 80, maxLength: 80 }),
    ends: array(constantFrom(...endings, ...more), { maxLength: 3 }),
  }).map(({ path, choices, ends }) => {
    const [first = '', ...rest] = path;
    // Most characters stay, so that many spellings differ in only one place.
    const spell = (char: string, index: number): string => (spellings[choices[index] ?? 0] ?? ((same) => same))(char);
    return `${first}${rest.map(spell).join('')}${ends.join('')}`;
  });

  test('is private as well', () => {
    const passes = property(spelled, (url) => {
      expect(isPrivate(url), url).toBe(true);
    });
    assert(passes, { numRuns: 20_000 });
  });
});
