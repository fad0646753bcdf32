/** The check of a shop, against answers that were recorded from Medusa 2.21.2. */
import { beforeEach, expect, test } from 'vitest';
import type { Answer, Ask } from '../ask.ts';
import { verify } from './verify.ts';

const PRODUCT = {
  title: 'Sample Mug',
  handle: 'sample-mug',
  variants: [
    {
      id: 'variant_01',
      title: 'One size',
      manage_inventory: true,
      allow_backorder: false,
      inventory_quantity: 1000,
      calculated_price: { calculated_amount: 12 },
    },
  ],
};
const [VARIANT] = PRODUCT.variants;

interface Sent {
  path: string;
  body?: object;
  headers?: Record<string, string>;
}

let sent: Sent[];
beforeEach(() => void (sent = []));

const answer = (body: object | string, status = 200): Answer => ({
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** A shop that works, but for `changes` by path without its query. */
function shop(changes: Record<string, Answer> = {}): Ask {
  const answers: Record<string, Answer> = {
    '/': answer('<h1>Shop</h1><h2>Sample Mug</h2>'),
    '/shop.json': answer({ name: 'Shop', publishableKey: 'pk_1', region: 'reg_1', currency: 'eur' }),
    '/store/products': answer({ products: [PRODUCT], count: 1, offset: 0, limit: 50 }),
    '/store/carts': answer({ cart: { id: 'cart_1', items: [{ id: 'cali_1' }] } }),
    '/store/shipping-options': answer({ shipping_options: [{ id: 'so_1', name: 'Standard', amount: 5 }] }),
    '/store/payment-providers': answer({ payment_providers: [{ id: 'pp_system_default', is_enabled: true }] }),
    '/products/sample-mug': answer('<h1>Sample Mug</h1>'),
    '/cart/empty': answer('', 303),
    ...changes,
  };
  return async (path, init = {}) => {
    sent.push({ path, ...init });
    const found = answers[path.split('?')[0] ?? ''];
    if (!found) throw new Error(`nobody asked for ${path} when this was recorded`);
    return found;
  };
}

const check = (ask: Ask, isNew = true): ReturnType<typeof verify> =>
  verify(ask, { values: {}, isNew, keepsMail: false });

test('says what can be ordered, as a customer with the shop’s own key', async () => {
  expect(await check(shop())).toEqual({ reason: 'Orderable', saw: 'Sample Mug can be ordered.' });
  const toStore = sent.filter(({ path }) => path.startsWith('/store/'));
  expect(toStore.length).toBe(4);
  for (const { headers } of toStore) expect(headers).toMatchObject({ 'x-publishable-api-key': 'pk_1' });
});

test('places no order, and deletes the cart that it filled', async () => {
  await check(shop());
  expect(sent.filter(({ body }) => body).map(({ path }) => path)).toEqual(['/store/carts', '/cart/empty']);
  expect(sent.find(({ path }) => path === '/cart/empty')?.headers).toMatchObject({ Cookie: 'cart=cart_1' });
});

test('deletes the cart also where nothing can be delivered', async () => {
  const verdict = await check(shop({ '/store/shipping-options': answer({ shipping_options: [] }) }));
  expect(verdict).toMatchObject({ isBroken: false, missing: { reason: 'CartRefuses', message: /not delivered/ } });
  expect(sent.map(({ path }) => path)).toContain('/cart/empty');
});

test.each([
  { what: 'no product', path: '/store/products', body: { products: [] }, reason: 'NothingToBuy' },
  {
    what: 'a product that is sold out',
    path: '/store/products',
    body: { products: [{ ...PRODUCT, variants: [{ ...VARIANT, inventory_quantity: 0 }] }] },
    reason: 'NothingToBuy',
  },
  {
    what: 'a product without a price in its region',
    path: '/store/products',
    body: { products: [{ ...PRODUCT, variants: [{ ...VARIANT, calculated_price: null }] }] },
    reason: 'NothingToBuy',
  },
  { what: 'no region', path: '/shop.json', body: { publishableKey: 'pk_1' }, reason: 'NothingToBuy' },
  { what: 'no key', path: '/shop.json', body: { region: 'reg_1' }, reason: 'NoStoreApi' },
  { what: 'a page in place of its facts', path: '/shop.json', body: '<h1>Hello</h1>', reason: 'NoStoreApi' },
  {
    what: 'no payment provider',
    path: '/store/payment-providers',
    body: { payment_providers: [] },
    reason: 'NoPayment',
  },
  {
    what: 'no cash on delivery',
    path: '/store/payment-providers',
    body: { payment_providers: [{ id: 'pp_stripe' }] },
    reason: 'NoCashOnDelivery',
  },
  {
    what: 'another product on its page',
    path: '/products/sample-mug',
    body: '<h1>Spoon</h1>',
    reason: 'ProductNotShown',
  },
  { what: 'a front page without its product', path: '/', body: '<h1>Shop</h1>', reason: 'ProductNotShown' },
])('finds that a new shop with $what does not sell', async ({ path, body, reason }) => {
  expect(await check(shop({ [path]: answer(body) }))).toMatchObject({ isBroken: false, missing: { reason } });
});

test('finds that a shop whose key was revoked does not sell', async () => {
  const revoked = answer({ type: 'not_allowed', message: 'A valid publishable key is required' }, 400);
  expect(await check(shop({ '/store/products': revoked }))).toMatchObject({
    isBroken: false,
    missing: { reason: 'NoStoreApi' },
  });
});

test.each([
  { what: 'its front page', path: '/', reason: 'PageFails' },
  { what: 'the list of products', path: '/store/products', reason: 'PageFails' },
  { what: 'the cart', path: '/store/carts', reason: 'PageFails' },
  { what: 'the way to empty the cart', path: '/cart/empty', reason: 'CartFails' },
])('finds a shop broken where $what answers 500', async ({ path, reason }) => {
  expect(await check(shop({ [path]: answer('', 500) }), false)).toMatchObject({ isBroken: true, missing: { reason } });
});

test('tries the next variant where the cart refuses the first one', async () => {
  const second = { ...VARIANT, id: 'variant_02' };
  const works = shop({ '/store/products': answer({ products: [{ ...PRODUCT, variants: [VARIANT, second] }] }) });
  const refused = answer({ type: 'invalid_data', message: 'Some variant does not have the required inventory' }, 400);
  let tries = 0;
  const ask: Ask = async (path, init) => (path === '/store/carts' && (tries += 1) === 1 ? refused : works(path, init));
  expect(await check(ask)).toMatchObject({ reason: 'Orderable' });
  expect(sent.find(({ path }) => path === '/store/carts')?.body).toMatchObject({
    items: [{ variant_id: 'variant_02' }],
  });
});

test('leaves payment and front page of a shop that was Ready before to the merchant', async () => {
  const changed = {
    '/': answer('<h1>Welcome</h1>'),
    '/store/payment-providers': answer({ payment_providers: [{ id: 'pp_stripe' }] }),
  };
  expect(await check(shop(changed), false)).toEqual({
    reason: 'Orderable',
    saw: 'Sample Mug can be ordered, with payment by pp_stripe.',
  });
});
