/** An anonymous customer and the shop's administrator, using only HTTP. */
import type { StorePage, StoreVisit } from './open-store.ts';

export type Open = (path: string, visit?: StoreVisit) => Promise<StorePage>;

const API = '/wp-json/wc/store/v1';
const EMAIL = 'customer@example.com';
const ADDRESS = {
  first_name: 'Test',
  last_name: 'Customer',
  address_1: 'Street 1',
  city: 'Berlin',
  postcode: '10115',
  country: 'DE',
  state: '',
};

export interface Order {
  id: number;
  key: string;
  status: string;
}

/** Product → cart → checkout with cash on delivery. */
export async function placeOrder(open: Open): Promise<Order> {
  const [product] = parse<{ id: number }[]>(await open(`${API}/products`));
  if (!product) throw new Error('the shop lists no product');
  const cart = await open(`${API}/cart`);
  const headers = {
    'Content-Type': 'application/json',
    Nonce: String(cart.headers['nonce']),
    'Cart-Token': String(cart.headers['cart-token']),
  };
  const post = (path: string, body: object): Promise<StorePage> =>
    open(`${API}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  parse(await post('cart/add-item', { id: product.id, quantity: 1 }));
  const checkout = {
    billing_address: { ...ADDRESS, email: EMAIL, phone: '1' },
    shipping_address: ADDRESS,
    payment_method: 'cod',
  };
  const order = parse<{ order_id: number; order_key: string; status: string }>(await post('checkout', checkout));
  return { id: order.order_id, key: order.order_key, status: order.status };
}

/** The order as its customer sees it. */
export async function readOrder(open: Open, { id, key }: Order): Promise<{ id: number; status: string }> {
  return parse(await open(`${API}/order/${id}?key=${key}&billing_email=${encodeURIComponent(EMAIL)}`));
}

/** The list of orders in wp-admin, as HTML. */
export async function ordersInAdmin(open: Open, login: { username: string; password: string }): Promise<string> {
  const answer = await logIn(open, login);
  const page = await open('/wp-admin/admin.php?page=wc-orders', { headers: { Cookie: cookiesOf(answer) } });
  if (page.status !== 200) throw new Error(`wp-admin answers ${page.status}`);
  return page.body;
}

/** Answer of wp-login.php to this form: 302 if the password is right. */
export async function logIn(open: Open, login: { username: string; password: string }): Promise<StorePage> {
  const form = new URLSearchParams({ log: login.username, pwd: login.password, testcookie: '1' });
  return open('/wp-login.php', {
    method: 'POST',
    body: form.toString(),
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Cookie: 'wordpress_test_cookie=WP%20Cookie%20check',
    },
  });
}

export function cookiesOf({ headers }: StorePage): string {
  const set = headers['set-cookie'] ?? [];
  return (Array.isArray(set) ? set : [set]).map((cookie) => cookie.split(';')[0]).join('; ');
}

function parse<T>({ status, body }: StorePage): T {
  if (status >= 300) throw new Error(`the store answers ${status}: ${body.slice(0, 500)}`);
  return JSON.parse(body) as T;
}
