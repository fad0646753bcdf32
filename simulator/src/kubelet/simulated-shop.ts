/** What a simulated WordPress answers: small pages that say what they are, and the Store API's shape. */
import type { IncomingMessage, ServerResponse } from 'node:http';

const PRODUCT = {
  id: 1,
  name: 'Sample Mug',
  slug: 'sample-mug',
  sku: 'sample-mug',
  permalink: '/product/sample-mug/',
  prices: { price: '1200', currency_code: 'EUR', currency_minor_unit: 2 },
  is_purchasable: true,
  is_in_stock: true,
};

/** Answers one request as the store named `title`. */
export function serveShop(title: string, req: IncomingMessage, res: ServerResponse): void {
  const path = new URL(req.url ?? '/', 'http://store').pathname;
  if (path.startsWith('/wp-json/wc/store/v1/')) return serveStoreApi(path.slice('/wp-json/wc/store/v1/'.length), res);
  const page = PAGES[path.replace(/\/?$/, '/')];
  if (path === '/wp-includes/images/blank.gif') return send(res, { type: 'image/gif', body: '' });
  if (!page) return send(res, { status: 404, type: 'text/html', body: html(title, '<h1>Page not found</h1>') });
  send(res, { type: 'text/html', body: html(title, page) });
}

const card = `<li><a href="${PRODUCT.permalink}">${PRODUCT.name}</a> <strong>€12.00</strong></li>`;

const PAGES: Readonly<Record<string, string>> = {
  '/': `<h1>Shop</h1><ul class="products">${card}</ul>`,
  '/shop/': `<h1>Shop</h1><ul class="products">${card}</ul>`,
  [PRODUCT.permalink]: `<h1>${PRODUCT.name}</h1><p>€12.00</p>`,
  '/cart/': '<h1>Cart</h1><p>Your cart is empty.</p>',
  '/checkout/': '<h1>Checkout</h1><p>Cash on delivery</p>',
  '/wp-login.php/': '<h1>Log in</h1>',
  '/wp-admin/': '<h1>Dashboard</h1>',
};

function serveStoreApi(path: string, res: ServerResponse): void {
  const cart = {
    items: [],
    items_count: 0,
    payment_methods: ['cod'],
    totals: { total_price: '0', currency_code: 'EUR' },
  };
  const added = { ...cart, items: [{ ...PRODUCT, key: 'sample', quantity: 1 }], items_count: 1 };
  const answers: Readonly<Record<string, unknown>> = {
    products: [PRODUCT],
    cart,
    'cart/add-item': added,
    'cart/remove-item': cart,
  };
  const answer = answers[path.replace(/\/$/, '')];
  const body = JSON.stringify(answer ?? { code: 'rest_no_route', message: 'No route was found.' });
  send(res, {
    status: answer ? 200 : 404,
    type: 'application/json',
    body,
    headers: { Nonce: 'simulated', 'Cart-Token': 'simulated' },
  });
}

interface Answer {
  status?: number;
  type: string;
  body: string;
  headers?: Record<string, string>;
}

function send(res: ServerResponse, { status = 200, type, body, headers = {} }: Answer): void {
  res.writeHead(status, { 'Content-Type': `${type}; charset=utf-8`, ...headers }).end(body);
}

function html(title: string, body: string): string {
  const name = title.replaceAll(/[<>&"]/g, '');
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${name}</title>
<style>body{font:16px/1.5 system-ui;max-width:40rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
aside{border:1px solid;border-radius:.5rem;padding:.75rem 1rem;opacity:.75}</style>
<aside>This is a simulated store: <strong>${name}</strong> runs on Shopyard's embedded cluster, without WordPress.</aside>
${body}
<nav><a href="/shop/">Shop</a> · <a href="/cart/">Cart</a> · <a href="/checkout/">Checkout</a></nav></html>
`;
}
