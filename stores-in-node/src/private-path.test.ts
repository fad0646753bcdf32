import { expect, test } from 'vitest';
import { isPrivate } from './private-path.ts';

test.each([
  '/.htaccess',
  '/wp-content/.setup-abc',
  '/wp-content/database/store.sqlite',
  '/wp-content/database',
  '/WP-content/Database/x',
  '/wp-content//database/x',
  '/wp-content/%64atabase/x',
  '/wp-content/%2564atabase/x',
  '/x/../wp-content/database/x',
  '/x%2f..%2fwp-config.php',
  '/wp-content\\database\\x',
  '/wp-config.php',
  '/wp-config.php?x=1',
  '/wp-content/uploads/wc-logs/fatal.log',
  '/wp-content/uploads/woocommerce_uploads/book.pdf',
  '/wp-content/uploads/mail/1.json',
  '/wp-content/uploads/x.php',
  '/wp-content/uploads/2026/x.PHP',
  '/wp-content/uploads/x.php/foo.jpg',
  '/wp-content/uploads/x.php.jpg',
  '/wp-content/uploads/x.phtml?a',
  '/wp-content//uploads/%78.phar',
  '/wp-content/debug.log',
  '/%',
])('%s is private', (url) => {
  expect(isPrivate(url)).toBe(true);
});

test.each([
  '/',
  '/shop/?orderby=price',
  '/wp-login.php',
  '/wp-json/wc/store/v1/cart',
  '/wp-content/uploads/2026/mug.jpg',
  '/wp-content/plugins/woocommerce/assets/client/blocks/cart.js?ver=1.2.3',
  '/product/a-%C3%BC-mug/',
])('%s is not', (url) => {
  expect(isPrivate(url)).toBe(false);
});
