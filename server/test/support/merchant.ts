/** A merchant in wp-admin who changes settings and reads them back, using only HTTP. */
import type { StorePage } from './open-store.ts';
import { cookiesOf, logIn, type Open } from './shopper.ts';

export type Login = { username: string; password: string };
type Headers = Record<string, string>;

const OWNER = { username: 'owner', password: 'correct-horse-battery', email: 'owner@example.com' };
const REST = '/wp-json';

export async function signedIn(open: Open, login: Login): Promise<Headers> {
  const headers = { Cookie: cookiesOf(await logIn(open, login)) };
  const { body } = await open('/wp-admin/admin-ajax.php?action=rest-nonce', { headers });
  return { ...headers, 'X-WP-Nonce': body };
}

/**
 * Changes every setting that the setup writes, and replaces the first administrator; resolves with the new one's login.
 */
export async function changeEverything(open: Open, login: Login): Promise<Login> {
  const first = await signedIn(open, login);
  const me = (await ask(open, first, '/wp/v2/users/me')) as { id: number };
  const owner = (await ask(open, first, '/wp/v2/users', { ...OWNER, roles: ['administrator'] })) as { id: number };
  const headers = await signedIn(open, OWNER);
  await ask(open, headers, `/wp/v2/users/${me.id}?force=true&reassign=${owner.id}&_method=DELETE`, {});
  await ask(open, headers, '/wp/v2/settings', { title: 'Merchant & Co', description: 'Silk', show_on_front: 'posts' });
  const settings = { 'general/woocommerce_currency': 'CHF', 'general/woocommerce_default_country': 'AT' };
  const account = { 'account/woocommerce_enable_guest_checkout': 'no' };
  for (const [path, value] of Object.entries({ ...settings, ...account }))
    await ask(open, headers, `/wc/v3/settings/${path}`, { value });
  await ask(open, headers, '/wc/v3/payment_gateways/cod', { enabled: false });
  await ask(open, headers, '/wc-admin/options', { woocommerce_coming_soon: 'yes', woocommerce_allow_tracking: 'yes' });
  for (const { id } of (await ask(open, headers, '/wc/v3/shipping/zones/0/methods')) as { id: number }[])
    await ask(open, headers, `/wc/v3/shipping/zones/0/methods/${id}?force=true&_method=DELETE`, {});
  await choosePermalinks(open, headers, '/archive/%post_id%');
  return OWNER;
}

/** Everything that `changeEverything` changed, as wp-admin shows it. */
export async function seenInAdmin(open: Open, login: Login): Promise<object> {
  const headers = await signedIn(open, login);
  const get = (path: string): Promise<unknown> => ask(open, headers, path);
  const pick = async (path: string, ...names: string[]): Promise<object> => {
    const found = (await get(path)) as Record<string, unknown>;
    return Object.fromEntries(names.map((name) => [name, found[name]]));
  };
  const users = (await get('/wp/v2/users?context=edit')) as { username: string }[];
  return {
    users: users.map(({ username }) => username),
    site: await pick('/wp/v2/settings', 'title', 'description', 'show_on_front'),
    currency: await pick('/wc/v3/settings/general/woocommerce_currency', 'value'),
    country: await pick('/wc/v3/settings/general/woocommerce_default_country', 'value'),
    guests: await pick('/wc/v3/settings/account/woocommerce_enable_guest_checkout', 'value'),
    cashOnDelivery: await pick('/wc/v3/payment_gateways/cod', 'enabled'),
    options: await get('/wc-admin/options?options=woocommerce_coming_soon,woocommerce_allow_tracking'),
    shipping: await get('/wc/v3/shipping/zones/0/methods'),
    permalinks: structureIn(await open('/wp-admin/options-permalink.php', { headers })),
  };
}

const structureIn = ({ body }: StorePage): string | undefined =>
  /name="permalink_structure"[^>]*value="([^"]*)"/.exec(body)?.[1];

async function choosePermalinks(open: Open, headers: Headers, structure: string): Promise<void> {
  const { body } = await open('/wp-admin/options-permalink.php', { headers });
  const nonce = /name="_wpnonce" value="(\w+)"/.exec(body)?.[1] ?? '';
  const form = new URLSearchParams({ _wpnonce: nonce, selection: 'custom', permalink_structure: structure });
  await open('/wp-admin/options-permalink.php', {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
}

/** Sends a GET, or a POST if there is a body. Throws if it is refused. */
async function ask(open: Open, headers: Headers, path: string, body?: object): Promise<unknown> {
  const post = { method: 'POST', body: JSON.stringify(body) } as const;
  const sent = body ? { headers: { ...headers, 'Content-Type': 'application/json' }, ...post } : { headers };
  const { status, body: text } = await open(REST + path, sent);
  if (status >= 300) throw new Error(`${path} answers ${status}: ${text.slice(0, 300)}`);
  return JSON.parse(text) as unknown;
}
