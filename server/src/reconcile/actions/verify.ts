/**
 * Ready means orderable: looks at the store by its own address, as an anonymous customer would, up to the
 * checkout. Shop and product page show a product, the cart takes it, cash on delivery is offered. Places no order, and
 * leaves its cart empty.
 */
import { NotYetError } from '../action-error.ts';
import type { StoreAnswer } from '../../store-gate/store-http.ts';
import type { ActionContext, ActionTarget } from './action-context.ts';

const STORE_API = '/wp-json/wc/store/v1';

interface Product {
  id: number;
  name: string;
  permalink: string;
  is_purchasable: boolean;
  is_in_stock: boolean;
}

interface Cart {
  items: { id: number }[];
  payment_methods: string[];
}

interface Batch {
  responses?: { status: number; body: Cart }[];
}

type Ask = (path: string, init?: { body?: object; headers?: Record<string, string> }) => Promise<StoreAnswer>;

/** What was seen, in a few words for the history. Throws NotYetError with what is missing. */
export async function verify(context: ActionContext, target: ActionTarget): Promise<string> {
  const ask = askAs(context, target);
  const front = await page(ask, '/');
  if (!hasWooCommerce(context, target)) return 'the front page answers';

  const products = json<Product[]>(await page(ask, `${STORE_API}/products`));
  const product = products.find((candidate) => candidate.is_purchasable && candidate.is_in_stock);
  if (!product) throw notVerified('NoProduct', 'the shop offers no product that can be bought');
  // The shop is the front page, unless its merchant wants another one.
  if (!front.includes(product.name)) await shows(ask, '/shop/', product);
  await shows(ask, pathOf(product.permalink), product);
  await cartTakes(ask, product);
  return `${product.name} can be ordered`;
}

async function cartTakes(ask: Ask, product: Product): Promise<void> {
  const empty = await ask(`${STORE_API}/cart`);
  const cartToken = headerOf(empty, 'cart-token');
  const headers = { Nonce: headerOf(empty, 'nonce') };
  // Put in and taken out again by one request: each costs WordPress a start of its own.
  const answer = await ask(`${STORE_API}/batch`, {
    body: {
      requests: [
        { method: 'POST', path: '/wc/store/v1/cart/add-item', body: { id: product.id, quantity: 1 }, headers },
        { method: 'DELETE', path: '/wc/store/v1/cart/items', headers },
      ],
    },
    headers: { 'Cart-Token': cartToken, 'Content-Type': 'application/json' },
  });
  const [added] = json<Batch>(answer.body).responses ?? [];
  const status = added?.status ?? answer.status;
  if (!added || (status !== 200 && status !== 201))
    throw notVerified('CartRefuses', `the cart does not take ${product.name}: it answers ${status}`);
  if (!added.body.items.some(({ id }) => id === product.id))
    throw notVerified('CartRefuses', `the cart does not hold ${product.name} after it was added`);
  if (!added.body.payment_methods.includes('cod'))
    throw notVerified('NoCashOnDelivery', 'the checkout does not offer cash on delivery');
}

function askAs({ request }: ActionContext, { store, signal }: ActionTarget): Ask {
  const { id, namespace, url } = store;
  return async (path, { body, headers } = {}) => {
    const post = body ? ({ method: 'POST', body: JSON.stringify(body) } as const) : {};
    try {
      return await request({
        store: { id, namespace },
        url,
        path,
        signal,
        ...post,
        ...(headers ? { headers } : {}),
      });
    } catch (error) {
      throw notVerified('NoAnswer', `${path} does not answer: ${(error as Error).message}`);
    }
  };
}

async function page(ask: Ask, path: string): Promise<string> {
  const { status, body } = await ask(path);
  if (status !== 200) throw notVerified('PageFails', `${path} answers ${status}`);
  return body;
}

async function shows(ask: Ask, path: string, product: Product): Promise<void> {
  const body = await page(ask, path);
  if (!body.includes(product.name)) throw notVerified('ProductNotShown', `${path} does not show ${product.name}`);
}

function hasWooCommerce({ platformValues }: ActionContext, { store }: ActionTarget): boolean {
  const setting = (values: Record<string, unknown>): boolean | undefined =>
    (values['woocommerce'] as { enabled?: boolean } | undefined)?.enabled;
  return setting(store.values) ?? setting(platformValues) ?? true;
}

function notVerified(reason: string, message: string): NotYetError {
  return new NotYetError(reason, `Not orderable yet: ${message}.`);
}

function json<T>(body: string): T {
  try {
    return JSON.parse(body) as T;
  } catch {
    throw notVerified('NoStoreApi', "WooCommerce's Store API does not answer in JSON");
  }
}

function headerOf({ headers }: StoreAnswer, name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function pathOf(permalink: string): string {
  return new URL(permalink, 'http://store').pathname;
}
