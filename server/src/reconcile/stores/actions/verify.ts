/**
 * Ready means orderable: checks the store at its own URL, as an anonymous customer would, up to the checkout. Places no
 * order and leaves the cart empty. A new store must sell its sample product for cash on delivery. In a store that was
 * Ready before, the catalogue and terms are the merchant's choice: they are reported, and only a broken shop fails.
 */
import { RetryError } from '../../action-error.ts';
import type { Sighting } from '../../../domain/store.ts';
import type { ActionContext, ActionTarget } from './action-context.ts';
import { addSomething } from './fill-cart.ts';
import { type Ask, askAs, DoesNotSell, notVerified, page, type Product, STORE_API, toJson } from './shop-visit.ts';

/** Fetch only these product fields: descriptions may be megabytes. */
const FIELDS = 'id,name,type,permalink,is_purchasable,is_in_stock,variations,attributes,add_to_cart';
const PRODUCTS = `${STORE_API}/products?per_page=50&_fields=${FIELDS}`;
const NO_MAIL = 'It sends no mail: smtp.host is not set.';
const COMING_SOON = /<meta name=['"]woo-coming-soon-page['"]/;

/** Returns the result of the check. Throws RetryError that names what is missing. */
export async function verify(context: ActionContext, target: ActionTarget): Promise<Sighting> {
  const { store } = target;
  const isNew = store.readyAt === undefined && store.sighting === undefined;
  try {
    const sells = settingOf<boolean>(context, target, ['woocommerce', 'enabled']) ?? true;
    const seen = await visit(askAs(context, target), { isNew, sells });
    const at = context.now().toISOString();
    const sendsMail = context.keepsMail || settingOf<string>(context, target, ['smtp', 'host']);
    return { ...seen, message: sendsMail ? seen.message : `${seen.message} ${NO_MAIL}`, at };
  } catch (error) {
    if (!(error instanceof DoesNotSell)) throw error;
    const { reason, message } = error;
    if (isNew) throw notVerified(reason, message);
    return { reason, message: `${message[0]?.toUpperCase()}${message.slice(1)}.`, at: context.now().toISOString() };
  }
}

/** Rechecks a store that has worked. A broken shop is a result, not an error. */
export async function lookAgainAt(context: ActionContext, target: ActionTarget): Promise<Sighting> {
  const at = context.now().toISOString();
  try {
    return await verify(context, target);
  } catch (error) {
    if (!(error instanceof RetryError) || target.signal.aborted) throw error;
    const message = error.message.replace(/^Not orderable yet/, 'The shop does not work');
    const { sighting } = target.store;
    // A single failure may be a hiccup: keep the previous result.
    if (sighting && !sighting.failures) return { ...sighting, at, failures: 1 };
    return { reason: error.reason, message, at, failures: (sighting?.failures ?? 0) + 1 };
  }
}

async function visit(ask: Ask, { isNew, sells }: { isNew: boolean; sells: boolean }): Promise<Sighting> {
  const front = await page(ask, '/');
  if (!sells) return { reason: 'Answers', message: 'The front page answers.' };
  assertOpen(front);
  const products = toJson<Product[]>(await page(ask, PRODUCTS));
  const offered = products.filter((product) => product.is_purchasable && product.is_in_stock);
  if (offered.length === 0) throw new DoesNotSell('NothingToBuy', 'the shop offers no product that can be bought now');
  const { product, choice, payments } = await addSomething(ask, offered);
  const [first] = payments;
  if (first === undefined)
    throw new DoesNotSell(
      'NoPayment',
      `${product.name} can be put into the cart, but not paid: no payment method is on`,
    );
  if (isNew && !payments.includes('cod'))
    throw new DoesNotSell('NoCashOnDelivery', 'the checkout does not offer cash on delivery');
  // The shop is the front page, unless the merchant chose another one.
  if (isNew && !front.includes(product.name)) await shows(ask, '/shop/', product);
  const own = await page(ask, pathOf(product.permalink));
  assertOpen(own);
  if (isNew) assertShown(own, { path: pathOf(product.permalink), product });
  const how = payments.includes('cod') ? '' : `, paid by ${first}`;
  return { reason: 'Orderable', message: `${product.name}${choice} can be ordered${how}.` };
}

function assertOpen(body: string): void {
  if (COMING_SOON.test(body))
    throw new DoesNotSell(
      'ComingSoon',
      'the shop says that it opens soon: in wp-admin its site visibility is "Coming soon"',
    );
}

async function shows(ask: Ask, path: string, product: Product): Promise<void> {
  assertShown(await page(ask, path), { path, product });
}

function assertShown(body: string, { path, product }: { path: string; product: Product }): void {
  if (!body.includes(product.name)) throw new DoesNotSell('ProductNotShown', `${path} does not show ${product.name}`);
}

/** The store's value if set, otherwise the platform's. */
function settingOf<Value>(
  { platformValues }: ActionContext,
  { store }: ActionTarget,
  [section, name]: [section: string, name: string],
): Value | undefined {
  const within = (values: Record<string, unknown>): Value | undefined =>
    (values[section] as Record<string, Value> | undefined)?.[name];
  return within(store.values) ?? within(platformValues);
}

function pathOf(permalink: string): string {
  const { pathname, search } = new URL(permalink, 'http://store');
  return pathname + search;
}
