/** The responses of a simulated WordPress: small self-describing pages, and the Store API's shape. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { send, sendSignIn, toPage } from '@shopyard/simulator/processes';

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
  if (token !== null) return sendSignIn(res, token, '/wp-admin/');
  if (path.startsWith('/wp-json/wc/store/v1/'))
    return serveStoreApi(path.slice('/wp-json/wc/store/v1/'.length), req, res);
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

const html = (title: string, body: string): string =>
  toPage({ title, software: 'WordPress', home: '/shop/', slash: '/' }, body);
