/** What the shop asks of Medusa: its container, and a Store API whose answers were recorded from Medusa 2.21.2. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Request } from '@medusajs/framework/http';

export const PRODUCT = {
  title: 'Sample Mug',
  handle: 'sample-mug',
  description: 'Holds 0.3 litres.',
  thumbnail: '/mug.svg',
  images: [{ url: '/mug.svg' }],
  options: [{ id: 'opt_1', title: 'Size', values: [{ value: 'One size' }] }],
  variants: [
    {
      id: 'variant_1',
      title: 'One size',
      manage_inventory: true,
      allow_backorder: false,
      inventory_quantity: 1000,
      options: [{ option_id: 'opt_1', value: 'One size' }],
      calculated_price: { calculated_amount: 12, original_amount: 12, currency_code: 'eur' },
    },
  ],
};
export const CART_ID = `cart_${'0'.repeat(26)}`;
const ORDER_ID = 'order_01';
const LINES = {
  currency_code: 'eur',
  items: [
    {
      id: 'cali_1',
      product_title: 'Sample Mug',
      product_handle: 'sample-mug',
      variant_title: 'One size',
      quantity: 1,
      unit_price: 12,
      total: 12,
    },
  ],
  item_subtotal: 12,
  shipping_subtotal: 5,
  discount_total: 0,
  tax_total: 0,
  total: 17,
};
const CART = { id: CART_ID, completed_at: null, ...LINES };
const ADDRESS = {
  first_name: 'Ada',
  last_name: 'Byron',
  address_1: 'Teststr. 1',
  postal_code: '10115',
  city: 'Berlin',
};
const ORDER = { id: ORDER_ID, display_id: 7, email: 'ada@example.com', shipping_address: ADDRESS, ...LINES };

interface Answer {
  status?: number;
  body: unknown;
}

export interface StoreApi extends AsyncDisposable {
  port: number;
  /** `METHOD path` without the query, in order, and what was sent. */
  asked: { what: string; body: string }[];
  /** Answers of this run, in place of the recorded ones. */
  changes: Map<string, Answer>;
}

const ANSWERS: Readonly<Record<string, Answer>> = {
  'GET /store/regions': {
    body: { regions: [{ id: 'reg_1', currency_code: 'eur', countries: [{ iso_2: 'de', display_name: 'Germany' }] }] },
  },
  'GET /store/products': { body: { products: [PRODUCT], count: 1 } },
  'POST /store/carts': { body: { cart: CART } },
  [`GET /store/carts/${CART_ID}`]: { body: { cart: CART } },
  [`POST /store/carts/${CART_ID}`]: { body: { cart: CART } },
  [`POST /store/carts/${CART_ID}/line-items/cali_1`]: { body: { cart: CART } },
  'GET /store/shipping-options': { body: { shipping_options: [{ id: 'so_1', name: 'Standard', amount: 5 }] } },
  'GET /store/payment-providers': { body: { payment_providers: [{ id: 'pp_system_default' }] } },
  [`POST /store/carts/${CART_ID}/shipping-methods`]: { body: { cart: CART } },
  'POST /store/payment-collections': { body: { payment_collection: { id: 'pay_col_1' } } },
  'POST /store/payment-collections/pay_col_1/payment-sessions': { body: { payment_collection: { id: 'pay_col_1' } } },
  [`POST /store/carts/${CART_ID}/complete`]: { body: { type: 'order', order: ORDER } },
  [`GET /store/orders/${ORDER_ID}`]: { body: { order: ORDER } },
};

export async function startStoreApi(): Promise<StoreApi> {
  const asked: StoreApi['asked'] = [];
  const changes: StoreApi['changes'] = new Map();
  const server = createServer((req, res) => {
    void text(req).then((body) => {
      const what = `${req.method} ${req.url?.split('?')[0]}`;
      asked.push({ what, body });
      const missing = { status: 404, body: { type: 'not_found', message: `${what} was not found` } };
      const answer = changes.get(what) ?? ANSWERS[what] ?? missing;
      res.writeHead(answer.status ?? 200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer.body));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // It listens on an address, not on a pipe.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    asked,
    changes,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Medusa's container. `deleted`: takes the ids of carts that were deleted. */
export function containerOf(deleted: string[]): Request['scope'] {
  const records: Readonly<Record<string, object>> = {
    store: { name: 'Ada’s <Mugs>', default_region_id: 'reg_1' },
    api_key: { token: 'pk_1' },
  };
  const services: Readonly<Record<string, object>> = {
    query: { graph: async ({ entity }: { entity: string }) => ({ data: [records[entity]] }) },
    cart: { deleteCarts: async (ids: string[]) => void deleted.push(...ids) },
    __pg_connection__: { raw: async () => ({ rows: [], rowCount: 1 }) },
  };
  // Only these are asked for.
  return { resolve: (name: string) => services[name] } as Request['scope'];
}
