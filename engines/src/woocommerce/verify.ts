/**
 * Ready means orderable: checks the store at its own URL, as an anonymous customer would, up to the checkout. Places no
 * order and leaves the cart empty. A new store must sell its sample product for cash on delivery. In a store that was
 * Ready before, the catalogue and terms are the merchant's choice: they are reported, and only a broken shop fails.
 */
import { type Ask, assertShown, doesNotSell, toVerdict, type Verdict } from '../ask.ts';
import type { Engine, Visit } from '../engine.ts';
import { addSomething } from './fill-cart.ts';
import { page, parseJson, type Product, STORE_API } from './store-api.ts';

/** Fetch only these product fields: descriptions may be megabytes. */
const FIELDS = 'id,name,type,permalink,is_purchasable,is_in_stock,variations,attributes,add_to_cart';
const PRODUCTS = `${STORE_API}/products?per_page=50&_fields=${FIELDS}`;
const NO_MAIL = 'It sends no mail: smtp.host is not set.';
const COMING_SOON = /<meta name=['"]woo-coming-soon-page['"]/;

export const verify: Engine['verify'] = (ask, { values, isNew, keepsMail }: Visit) =>
  toVerdict(ask, async (ask) => {
    const sells = settingOf(values, ['woocommerce', 'enabled']) !== false;
    const verdict = await visit(ask, { isNew, sells });
    if (!('saw' in verdict) || keepsMail || settingOf(values, ['smtp', 'host'])) return verdict;
    return { ...verdict, saw: `${verdict.saw} ${NO_MAIL}` };
  });

async function visit(ask: Ask, { isNew, sells }: { isNew: boolean; sells: boolean }): Promise<Verdict> {
  const front = await page(ask, '/');
  if (!sells) return { reason: 'Answers', saw: 'The front page answers.' };
  assertOpen(front);
  const products = parseJson<Product[]>(await page(ask, PRODUCTS));
  const offered = products.filter((product) => product.is_purchasable && product.is_in_stock);
  if (offered.length === 0) throw doesNotSell('NothingToBuy', 'the shop offers no product that can be bought now');
  const { product, choice, payments } = await addSomething(ask, offered);
  const [first] = payments;
  if (first === undefined)
    throw doesNotSell(
      'NoPayment',
      `${product.name} can be added to the cart but not paid for: no payment method is enabled`,
    );
  if (isNew && !payments.includes('cod'))
    throw doesNotSell('NoCashOnDelivery', "the checkout doesn't offer cash on delivery");
  // The shop is the front page, unless the merchant chose another one.
  if (isNew && !front.includes(product.name)) assertShown(await page(ask, '/shop/'), { path: '/shop/', product });
  const own = await page(ask, pathOf(product.permalink));
  assertOpen(own);
  if (isNew) assertShown(own, { path: pathOf(product.permalink), product });
  const how = payments.includes('cod') ? '' : `, with payment by ${first}`;
  return { reason: 'Orderable', saw: `${product.name}${choice} can be ordered${how}.` };
}

function assertOpen(body: string): void {
  if (COMING_SOON.test(body))
    throw doesNotSell('ComingSoon', 'visitors see "Coming soon", which is the site visibility set in WP admin');
}

function settingOf(values: Visit['values'], [section, name]: [section: string, name: string]): unknown {
  const settings = values[section];
  return typeof settings === 'object' && settings !== null ? Reflect.get(settings, name) : undefined;
}

function pathOf(permalink: string): string {
  const { pathname, search } = new URL(permalink, 'http://store');
  return pathname + search;
}
