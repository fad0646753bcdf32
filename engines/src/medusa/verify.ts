/**
 * Ready means orderable: checks the shop at its own URL, as an anonymous customer would, up to the checkout. Places no order,
 * and deletes the cart. A new store must sell its sample product for cash on delivery; later, what is sold is the merchant's
 * choice: it is reported, and only a broken shop fails.
 */
import { type Ask, assertShown, doesNotSell, notVerified, toVerdict, type Verdict } from '../ask.ts';
import type { Engine, Visit } from '../engine.ts';
import { askStore, page, parseJson, type Product, readFacts, type ShopFacts, type Variant } from './store-api.ts';

const FIELDS = 'title,handle,*variants.calculated_price,+variants.inventory_quantity';
/** Medusa's provider that takes no payment in advance. */
const CASH_ON_DELIVERY = 'pp_system_default';
/** Variants that are tried: a cart may refuse some. */
const MAX_TRIES = 5;

export const verify: Engine['verify'] = (ask, { isNew }: Visit) => toVerdict(ask, (ask) => visit(ask, isNew));

async function visit(ask: Ask, isNew: boolean): Promise<Verdict> {
  const front = await page(ask, '/');
  const facts = await readFacts(ask);
  const { product, payments } = await tryCheckout(ask, facts, await offeredBy(ask, facts));
  const shown = { name: product.title };
  const [first] = payments;
  if (first === undefined)
    throw doesNotSell(
      'NoPayment',
      `${product.title} can be added to the cart but not paid for: its region has no payment provider`,
    );
  if (isNew && !payments.includes(CASH_ON_DELIVERY))
    throw doesNotSell('NoCashOnDelivery', "the checkout doesn't offer cash on delivery");
  if (isNew) assertShown(front, { path: '/', product: shown });
  const own = `/products/${encodeURIComponent(product.handle)}`;
  assertShown(await page(ask, own), { path: own, product: shown });
  const how = payments.includes(CASH_ON_DELIVERY) ? '' : `, with payment by ${first}`;
  return { reason: 'Orderable', saw: `${product.title} can be ordered${how}.` };
}

interface Offer {
  product: Product;
  variant: Variant;
}

/** What can be bought now, of the newest products. */
async function offeredBy(ask: Ask, facts: ShopFacts): Promise<Offer[]> {
  const path = `/products?region_id=${facts.region}&limit=50&fields=${FIELDS}`;
  const answer = await askStore(ask, facts, { path });
  if (answer.status !== 200)
    throw doesNotSell('NoStoreApi', `the list of products answers ${answer.status}: is its publishable key revoked?`);
  const { products = [] } = parseJson<{ products?: Product[] }>(answer.body);
  const offers = products.flatMap((product) =>
    (product.variants ?? []).filter(isBuyable).map((variant) => ({ product, variant })),
  );
  if (offers.length === 0) throw doesNotSell('NothingToBuy', 'the shop offers no product that can be bought now');
  return offers;
}

function isBuyable({ calculated_price: price, ...variant }: Variant): boolean {
  const { manage_inventory: isCounted, allow_backorder: isOrderedAnyway, inventory_quantity: left } = variant;
  return Boolean(price) && (!isCounted || isOrderedAnyway || (left ?? 0) > 0);
}

/** Throws if no cart takes any of them, or none can be delivered; see ask.ts. */
async function tryCheckout(
  ask: Ask,
  facts: ShopFacts,
  offers: readonly Offer[],
): Promise<{ product: Product; payments: string[] }> {
  let refusal: Error | undefined;
  for (const { product, variant } of offers.slice(0, MAX_TRIES)) {
    const body = { region_id: facts.region, items: [{ variant_id: variant.id, quantity: 1 }] };
    const answer = await askStore(ask, facts, { path: '/carts', body });
    const { cart, message } = parseJson<{ cart?: { id: string; items?: object[] }; message?: string }>(answer.body);
    if (answer.status !== 200 || !cart?.items?.length) {
      const why = message ? ` (${message.slice(0, 200)})` : '';
      refusal ??= doesNotSell(
        'CartRefuses',
        `the cart does not take ${product.title}: it answers ${answer.status}${why}`,
      );
      continue;
    }
    try {
      return { product, payments: await readTerms(ask, facts, { cart: cart.id, product }) };
    } finally {
      await deleteCart(ask, cart.id);
    }
  }
  throw refusal ?? doesNotSell('NothingToBuy', 'the shop offers no product that can be bought now');
}

/** Returns the ids of the payment providers. Throws if nothing is delivered. */
async function readTerms(
  ask: Ask,
  facts: ShopFacts,
  { cart, product }: { cart: string; product: Product },
): Promise<string[]> {
  const delivery = await askStore(ask, facts, { path: `/shipping-options?cart_id=${cart}` });
  const { shipping_options: deliveries = [] } = parseJson<{ shipping_options?: object[] }>(delivery.body);
  if (deliveries.length === 0)
    throw doesNotSell(
      'CartRefuses',
      `${product.title} can be added to the cart but not delivered: it has no shipping option`,
    );
  const payment = await askStore(ask, facts, { path: `/payment-providers?region_id=${facts.region}` });
  const { payment_providers: providers = [] } = parseJson<{ payment_providers?: { id: string }[] }>(payment.body);
  return providers.map(({ id }) => id);
}

async function deleteCart(ask: Ask, cart: string): Promise<void> {
  const { status } = await ask('/cart/empty', {
    body: {},
    headers: { Cookie: `cart=${cart}`, 'Content-Type': 'application/json' },
  });
  if (status >= 500) throw notVerified('CartFails', `the cart can't be emptied: it answers ${status}`);
}
