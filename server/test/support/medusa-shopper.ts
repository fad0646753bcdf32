/** An anonymous customer of a Medusa shop, by its Store API and by its forms, and the shop's administrator. */
import type { StorePage, StoreVisit } from './open-store.ts';

type Open = (path: string, visit?: StoreVisit) => Promise<StorePage>;

const EMAIL = 'customer@example.com';
const ADDRESS = {
  first_name: 'Test',
  last_name: 'Customer',
  address_1: 'Street 1',
  postal_code: '10115',
  city: 'Berlin',
  country_code: 'de',
};
const JSON_TYPE = { 'Content-Type': 'application/json' };

function parse<T>({ status, body }: StorePage): T {
  if (status >= 300) throw new Error(`the store answers ${status}: ${body.slice(0, 500)}`);
  return JSON.parse(body) as T;
}

/** Product → cart → checkout with cash on delivery, over the Store API. Returns the order's id. */
export async function orderByApi(open: Open): Promise<string> {
  const { publishableKey, region } = parse<{ publishableKey: string; region: string }>(await open('/shop.json'));
  const headers = { ...JSON_TYPE, 'x-publishable-api-key': publishableKey };
  const get = async <T>(path: string): Promise<T> => parse(await open(`/store${path}`, { headers }));
  const post = async <T>(path: string, body: object): Promise<T> =>
    parse(await open(`/store${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
  const { products } = await get<{ products: { variants: { id: string }[] }[] }>(`/products?region_id=${region}`);
  const items = [{ variant_id: products[0]?.variants[0]?.id, quantity: 1 }];
  const { cart } = await post<{ cart: { id: string } }>('/carts', { region_id: region, items });
  await post(`/carts/${cart.id}`, { email: EMAIL, shipping_address: ADDRESS, billing_address: ADDRESS });
  const { shipping_options: ways } = await get<{ shipping_options: { id: string }[] }>(
    `/shipping-options?cart_id=${cart.id}`,
  );
  await post(`/carts/${cart.id}/shipping-methods`, { option_id: ways[0]?.id });
  const { payment_collection: payment } = await post<{ payment_collection: { id: string } }>('/payment-collections', {
    cart_id: cart.id,
  });
  await post(`/payment-collections/${payment.id}/payment-sessions`, { provider_id: 'pp_system_default' });
  const placed = await post<{ order?: { id: string }; error?: { message: string } }>(`/carts/${cart.id}/complete`, {});
  if (!placed.order) throw new Error(placed.error?.message);
  return placed.order.id;
}

/** The same by the shop's pages, as a browser without scripts. Returns the order's id. */
export async function orderByForms(open: Open): Promise<string> {
  const cookies = new Map<string, string>();
  const visit = async (path: string, form?: Record<string, string>): Promise<StorePage> => {
    const Cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const sent = form && { method: 'POST' as const, body: new URLSearchParams(form).toString() };
    const page = await open(path, { ...sent, headers: { Cookie, ...(form && type) } });
    for (const line of [page.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return page;
  };
  const link = /href="(\/products\/[^"]+)"/.exec((await visit('/')).body)?.[1];
  await visit(link ?? '', { quantity: '1' });
  const delivery = /name="delivery" value="([^"]+)"/.exec((await visit('/checkout')).body)?.[1] ?? '';
  const { headers, status } = await visit('/checkout', { ...ADDRESS, email: EMAIL, delivery });
  const id = /\/orders\/(order_\w+)$/.exec(String(headers['location']))?.[1];
  if (id === undefined) throw new Error(`the checkout answers ${status}`);
  const { body } = await visit(`/orders/${id}`);
  if (!body.includes('Order received')) throw new Error('the buyer does not see the order');
  return id;
}

export interface Seen {
  /** Ids, newest first. */
  orders: string[];
  /** Of the one product. */
  stock: number;
}

/** What the administrator sees. */
export async function seenInAdmin(open: Open, login: { username: string; password: string }): Promise<Seen> {
  const body = JSON.stringify({ email: login.username, password: login.password });
  const { token } = parse<{ token: string }>(
    await open('/auth/user/emailpass', { method: 'POST', headers: JSON_TYPE, body }),
  );
  const get = async <T>(path: string): Promise<T> =>
    parse(await open(`/admin/${path}`, { headers: { Authorization: `Bearer ${token}` } }));
  const { orders } = await get<{ orders: { id: string }[] }>('orders?order=-display_id&fields=id');
  const { inventory_items: items } = await get<{
    inventory_items: { location_levels: { available_quantity: number }[] }[];
  }>('inventory-items?fields=*location_levels');
  return { orders: orders.map(({ id }) => id), stock: items[0]?.location_levels[0]?.available_quantity ?? NaN };
}
