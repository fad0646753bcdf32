/** The responses of a simulated Medusa: small self-describing pages, and the Store API's shape. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { send, sendSignIn, toPage } from '@shopyard/simulator/processes';

const VARIANT = {
  id: 'variant_1',
  title: 'One size',
  manage_inventory: true,
  allow_backorder: false,
  inventory_quantity: 1000,
  calculated_price: { calculated_amount: 12, original_amount: 12, currency_code: 'eur' },
};
const PRODUCT = { title: 'Sample Mug', handle: 'sample-mug', variants: [VARIANT] };
const REGION = 'reg_1';
const CART = {
  id: 'cart_1',
  region_id: REGION,
  currency_code: 'eur',
  items: [{ id: 'cali_1', quantity: 1 }],
  total: 12,
};

/** Handles one request as the store named `title`. */
export function serveShop(title: string, req: IncomingMessage, res: ServerResponse): void {
  const { pathname: path, searchParams } = new URL(req.url ?? '/', 'http://store');
  const token = path === '/sign-in' ? searchParams.get('shopyard-sign-in-token') : null;
  if (token !== null) return sendSignIn(res, token, '/app/');
  const json = JSON_ANSWERS[path];
  const page = PAGES[path];
  // Medusa reads a body to its end before it answers, and a client may still be sending.
  void text(req).then(
    () => {
      if (path === '/cart/empty')
        send(res, { status: 303, type: 'text/plain', body: '', headers: { Location: '/cart' } });
      else if (json) send(res, { type: 'application/json', body: JSON.stringify(json) });
      else if (path.startsWith('/store/'))
        send(res, { status: 404, type: 'application/json', body: '{"type":"not_found"}' });
      else if (page) send(res, { type: 'text/html', body: html(title, page) });
      else send(res, { status: 404, type: 'text/html', body: html(title, '<h1>Page not found</h1>') });
    },
    () => res.destroy(),
  );
}

const PAGES: Readonly<Record<string, string>> = {
  '/': '<h1>Shop</h1><ul><li><a href="/products/sample-mug">Sample Mug</a> <strong>€12.00</strong></li></ul>',
  '/products/sample-mug': '<h1>Sample Mug</h1><p>€12.00</p>',
  '/cart': '<h1>Cart</h1><p>Your cart is empty.</p>',
  '/checkout': '<h1>Checkout</h1><p>Cash on delivery</p>',
  '/app': '<h1>Medusa</h1>',
  '/app/': '<h1>Medusa</h1>',
  '/health': 'OK',
  '/ready': 'ready',
};

const JSON_ANSWERS: Readonly<Record<string, object>> = {
  '/shop.json': { name: 'Shop', publishableKey: 'pk_simulated', region: REGION, currency: 'eur' },
  '/store/regions': { regions: [{ id: REGION, currency_code: 'eur', countries: [{ iso_2: 'de' }] }] },
  '/store/products': { products: [PRODUCT], count: 1 },
  '/store/carts': { cart: CART },
  '/store/shipping-options': { shipping_options: [{ id: 'so_1', name: 'Standard', amount: 5 }] },
  '/store/payment-providers': { payment_providers: [{ id: 'pp_system_default' }] },
};

const html = (title: string, body: string): string => toPage({ title, software: 'Medusa', home: '/', slash: '' }, body);
