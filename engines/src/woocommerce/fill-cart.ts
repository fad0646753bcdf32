/** Adds one of several products to a cart, as a customer would, and empties the cart again. */
import { type Answer, type Ask, doesNotSell, notVerified } from '../ask.ts';
import { parseJson, type Product, STORE_API } from './store-api.ts';

/** WordPress accepts 25 requests per batch; one of them empties the cart. */
const MAX_TRIES = 20;
/** Limit per product. More than one, because some variations may be out of stock. */
const MAX_VARIATIONS = 5;

interface Cart {
  items: { id: number }[];
  payment_methods: string[];
}

interface Batch {
  responses?: { status: number; body: Partial<Cart> & { message?: string } }[];
}

interface Try {
  product: Product;
  /** Describes the variation; appended to the product's name. */
  choice: string;
  body: object;
}

interface Added extends Omit<Try, 'body'> {
  /** Ids of the payment methods offered at checkout. */
  payments: string[];
}

/** Throws if the cart refuses every product, or if the shop does not work; see ask.ts. */
export async function addSomething(ask: Ask, products: readonly Product[]): Promise<Added> {
  // Simple products first: they need no options.
  const tries = [...products.filter(isSimple), ...products.filter((product) => !isSimple(product))]
    .flatMap(triesOf)
    .slice(0, MAX_TRIES);
  const empty = await ask(`${STORE_API}/cart`);
  const headers = { Nonce: headerOf(empty, 'nonce') };
  // One batch request: each separate request costs a WordPress bootstrap.
  const answer = await ask(`${STORE_API}/batch`, {
    body: {
      requests: [
        ...tries.map(({ body }) => ({ method: 'POST', path: '/wc/store/v1/cart/add-item', body, headers })),
        { method: 'DELETE', path: '/wc/store/v1/cart/items', headers },
      ],
    },
    headers: { 'Cart-Token': headerOf(empty, 'cart-token'), 'Content-Type': 'application/json' },
  });
  if (answer.status >= 500) throw notVerified('CartFails', `the cart answers ${answer.status}`);
  const { responses = [] } = parseJson<Batch>(answer.body);
  for (const [at, { product, choice }] of tries.entries()) {
    const { status = 0, body } = responses[at] ?? {};
    if ((status === 200 || status === 201) && body?.items && body.items.length > 0)
      return { product, choice, payments: body.payment_methods ?? [] };
  }
  throw refusalOf(tries, responses.slice(0, tries.length), answer.status);
}

function refusalOf(tries: readonly Try[], responses: NonNullable<Batch['responses']>, whole: number): Error {
  const name = tries[0]?.product.name ?? 'a product';
  const [first] = responses;
  const failed = responses.find(({ status }) => status >= 500);
  if (failed) return notVerified('CartFails', `the cart does not take ${name}: it answers ${failed.status}`);
  if (!first) return doesNotSell('CartRefuses', `the cart does not take ${name}: it answers ${whole}`);
  if (first.status < 300) return doesNotSell('CartRefuses', `the cart does not hold ${name} after it was added`);
  const why = first.body.message ? ` (${toText(first.body.message)})` : '';
  const others = tries.length > 1 ? `, nor ${tries.length - 1} more` : '';
  return doesNotSell('CartRefuses', `the cart does not take ${name}${others}: it answers ${first.status}${why}`);
}

function isSimple({ type }: Product): boolean {
  return type === undefined || type === 'simple';
}

function triesOf(product: Product): Try[] {
  const quantity = Math.max(1, product.add_to_cart?.minimum ?? 1);
  const { variations = [] } = product;
  if (variations.length === 0) return [{ product, choice: '', body: { id: product.id, quantity } }];
  return variations.slice(0, MAX_VARIATIONS).map(({ id, attributes }) => {
    const chosen = attributes.map(({ name, value }) => ({ attribute: name, value: value ?? anyOf(product, name) }));
    const choice = chosen.length > 0 ? ` (${chosen.map(({ value }) => value).join(', ')})` : '';
    return { product, choice, body: { id, quantity, variation: chosen } };
  });
}

/** A variation that applies to any size is bought in one specific size. */
function anyOf({ attributes = [] }: Product, name: string): string {
  const terms = attributes.find((attribute) => attribute.name === name)?.terms ?? [];
  return (terms.find((term) => term.default) ?? terms[0])?.slug ?? '';
}

function toText(html: string): string {
  return html.replaceAll(/<[^>]*>/g, '').slice(0, 200);
}

function headerOf({ headers }: Answer, name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
