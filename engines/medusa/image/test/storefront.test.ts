/** The shop, as a browser without scripts uses it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { CART_ID, containerOf, PRODUCT, startStoreApi, type StoreApi } from './support/medusa.ts';
import { type Served, serveShop } from './support/serve-shop.ts';

let api: StoreApi;
let shop: Served;
const deleted: string[] = [];

beforeAll(async () => {
  api = await startStoreApi();
  vi.stubEnv('LISTEN', String(api.port));
  vi.stubEnv('COOKIE_SECRET', 'secret');
  shop = await serveShop(containerOf(deleted));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await shop[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});
beforeEach(() => {
  api.changes.clear();
  api.asked.length = 0;
  deleted.length = 0;
});

interface Page {
  status: number;
  body: string;
  headers: Headers;
}

const ADDRESS = {
  email: 'ada@example.com',
  first_name: 'Ada',
  last_name: 'Byron',
  address_1: 'Teststr. 1',
  postal_code: '10115',
  city: 'Berlin',
  country_code: 'de',
  delivery: 'so_1',
};

/** A browser with its cookies. */
function browser(cookies: Record<string, string> = {}): (path: string, form?: Record<string, string>) => Promise<Page> {
  return async (path, form) => {
    const answer = await fetch(shop.url + path, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        cookie: Object.entries(cookies)
          .map((pair) => pair.join('='))
          .join('; '),
      },
      ...(form && { body: new URLSearchParams(form) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      cookies[name] = value;
    }
    return { status: answer.status, body: await answer.text(), headers: answer.headers };
  };
}

test('lists products, and shows one, in pages without scripts that no other site may frame', async () => {
  const open = browser();
  const front = await open('/');
  expect(front.body).toContain('<h2>Sample Mug</h2>');
  expect(front.body).toContain('Ada’s &#60;Mugs&#62;');
  expect(front.body).not.toContain('<script');
  expect(front.headers.get('content-security-policy')).toMatch(/default-src 'none';.*frame-ancestors 'none'/);
  expect((await open('/products/sample-mug')).body).toContain('€12.00');
});

test('asks for the page and the search that a visitor wants', async () => {
  const { body } = await browser()('/?q=mug&page=3');
  expect(body).toContain('value="mug"');
  expect(api.asked.map(({ what }) => what)).toContain('GET /store/products');
});

test('sells: from the product to the order, which this browser alone may see', async () => {
  const open = browser();
  const added = await open('/products/sample-mug', { quantity: '2' });
  expect(added.headers.get('location')).toBe('/cart');
  expect(api.asked.find(({ what }) => what === 'POST /store/carts')?.body).toContain('"quantity":2');
  expect((await open('/cart')).body).toContain('€17.00');
  expect((await open('/checkout')).body).toContain('Cash on delivery');
  const placed = await open('/checkout', ADDRESS);
  expect(placed.headers.get('location')).toBe('/orders/order_01');
  expect((await open('/orders/order_01')).body).toContain('<strong>7</strong>');
  expect((await open('/cart')).body).toContain('It is empty');
  expect((await browser()('/orders/order_01')).status).toBe(404);
});

test('says beside the fields what an order lacks, and orders nothing', async () => {
  const { status, body } = await browser({ cart: CART_ID })('/checkout', { ...ADDRESS, city: '', email: '<b>' });
  expect(status).toBe(422);
  expect(body).toContain('id="city-error"');
  expect(body).toContain('value="&#60;b&#62;"');
  expect(api.asked.some(({ what }) => what.endsWith('/complete'))).toBe(false);
});

test('says what has sold out meanwhile, and keeps the cart', async () => {
  const refused = { type: 'cart', error: { message: 'Some variant does not have the required inventory' } };
  api.changes.set(`POST /store/carts/${CART_ID}/complete`, { body: refused });
  const { status, body, headers } = await browser({ cart: CART_ID })('/checkout', ADDRESS);
  expect(status).toBe(422);
  expect(body).toContain('has just sold out');
  expect(headers.getSetCookie()).toEqual([]);
});

test('refuses more of a product than there is', async () => {
  const refused = { status: 400, body: { message: 'Some variant does not have the required inventory' } };
  api.changes.set(`POST /store/carts/${CART_ID}/line-items/cali_1`, refused);
  const { status, body } = await browser({ cart: CART_ID })('/cart/lines', { line: 'cali_1', quantity: '9' });
  expect(status).toBe(422);
  expect(body).toContain('not that many left');
});

test('sells nothing that is out of stock, also to a form that was open before', async () => {
  const [variant] = PRODUCT.variants;
  const soldOut = { ...PRODUCT, variants: [{ ...variant, inventory_quantity: 0 }] };
  api.changes.set('GET /store/products', { body: { products: [soldOut] } });
  const open = browser();
  expect((await open('/products/sample-mug')).body).toContain('Out of stock');
  expect((await open('/products/sample-mug', { quantity: '1' })).status).toBe(422);
});

test('deletes a cart that is emptied', async () => {
  const { headers } = await browser({ cart: CART_ID })('/cart/empty', {});
  expect(deleted).toEqual([CART_ID]);
  expect(headers.getSetCookie()[0]).toMatch(/^cart=;/);
});

test('has no page for a product or an order that does not exist', async () => {
  api.changes.set('GET /store/products', { body: { products: [] } });
  const { status, body } = await browser()('/products/none');
  expect(status).toBe(404);
  expect(body).toContain('Page not found');
  expect((await browser()('/orders/order_02')).status).toBe(404);
});

test('shows a page in the shop’s look where Medusa fails', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  api.changes.set('GET /store/products', { status: 500, body: { message: 'secret detail' } });
  const { status, body } = await browser()('/');
  expect(status).toBe(500);
  expect(body).toContain('Something went wrong');
  expect(body).not.toContain('secret detail');
});

test('tells clients of the Store API its key and its region', async () => {
  const { body } = await browser()('/shop.json');
  expect(JSON.parse(body)).toEqual({ name: 'Ada’s <Mugs>', publishableKey: 'pk_1', region: 'reg_1', currency: 'eur' });
});

test('hands a private file to the administrator, and to nobody else', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-private-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  vi.stubEnv('PRIVATE_DIR', dir);
  const name = 'private-1795749013-orders.csv';
  writeFileSync(join(dir, name), 'order,total');
  await using administrators = await serveShop(containerOf([]), {
    auth_context: { actor_id: 'user_1', actor_type: 'user' },
  });
  await using customers = await serveShop(containerOf([]), {
    auth_context: { actor_id: 'cus_1', actor_type: 'customer' },
  });
  const read = async ({ url }: Served, file: string): Promise<string> => {
    const answer = await fetch(`${url}/static/${file}`);
    return `${answer.status} ${answer.status === 200 ? await answer.text() : ''}`;
  };
  expect(await read(administrators, name)).toBe('200 order,total');
  for (const other of [customers, shop]) expect(await read(other, name)).toBe('404 ');
  for (const file of ['private-1-none.csv', '..%2Fsecret', 'mug.png'])
    expect(await read(administrators, file)).toBe('404 ');
});
