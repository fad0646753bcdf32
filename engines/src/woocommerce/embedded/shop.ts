/** The responses of a simulated WordPress: small self-describing pages, and the Store API's shape. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

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

/** Handles one request as the store named `title`. */
export function serveShop(title: string, req: IncomingMessage, res: ServerResponse): void {
  const { pathname: path, searchParams } = new URL(req.url ?? '/', 'http://store');
  const token = path === '/wp-login.php' ? searchParams.get('shopyard-sign-in-token') : null;
  if (token !== null) return serveSignIn(token, res);
  if (path.startsWith('/wp-json/wc/store/v1/'))
    return serveStoreApi(path.slice('/wp-json/wc/store/v1/'.length), req, res);
  const page = PAGES[path.replace(/\/?$/, '/')];
  if (path === '/wp-includes/images/blank.gif') return send(res, { type: 'image/gif', body: '' });
  if (!page) return send(res, { status: 404, type: 'text/html', body: html(title, '<h1>Page not found</h1>') });
  send(res, { type: 'text/html', body: html(title, page) });
}

/** Takes any token: a simulated store has no key, and nothing to protect. */
function serveSignIn(token: string, res: ServerResponse): void {
  if (token !== '')
    return send(res, { status: 303, type: 'text/plain', body: '', headers: { Location: '/wp-admin/' } });
  send(res, { type: 'application/json', body: JSON.stringify({ signIn: 1, now: Math.floor(Date.now() / 1000) }) });
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

const CART = {
  // Empty at first; products are added.
  items: [] as object[],
  items_count: 0,
  payment_methods: ['cod'],
  totals: { total_price: '0', currency_code: 'EUR' },
};

const STORE_API: Readonly<Record<string, unknown>> = {
  products: [PRODUCT],
  cart: CART,
  'cart/items': [],
  'cart/add-item': { ...CART, items: [{ ...PRODUCT, key: 'sample', quantity: 1 }], items_count: 1 },
};

function serveStoreApi(path: string, req: IncomingMessage, res: ServerResponse): void {
  const reply = ({ status, body }: ApiAnswer): void =>
    send(res, {
      status,
      type: 'application/json',
      body: JSON.stringify(body),
      headers: { Nonce: 'simulated', 'Cart-Token': 'simulated' },
    });
  // PHP reads a body to its end before it answers, and a client may still be sending.
  void text(req).then(
    (body) => reply(path === 'batch' ? batch(body) : storeApi(path)),
    () => res.destroy(),
  );
}

interface ApiAnswer {
  status: number;
  body: unknown;
}

function storeApi(path: string): ApiAnswer {
  const body = STORE_API[path.replace(/\/$/, '')];
  return body
    ? { status: 200, body }
    : { status: 404, body: { code: 'rest_no_route', message: 'No route was found.' } };
}

/** Handles several requests in one, like WordPress's batch endpoint: their paths are below `/wp-json`. */
function batch(body: string): ApiAnswer {
  // Anything else has no list, which is refused below.
  const { requests } = (parseJson(body) ?? {}) as { requests?: { path: string }[] };
  if (
    !Array.isArray(requests) ||
    // Claims nothing: every level may be missing.
    !requests.every((one) => typeof (one as { path?: unknown } | null)?.path === 'string')
  )
    return { status: 400, body: { code: 'rest_missing_callback_param' } };
  return {
    status: 207,
    body: { responses: requests.map(({ path }) => storeApi(path.replace('/wc/store/v1/', ''))) },
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
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
