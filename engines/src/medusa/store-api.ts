/** Pages and answers of a Medusa shop, as a visitor gets them. */
import { type Answer, type Ask, doesNotSell, notVerified, page as readPage } from '../ask.ts';

export interface Product {
  title: string;
  handle: string;
  variants?: Variant[];
}

export interface Variant {
  id: string;
  title: string;
  manage_inventory: boolean;
  allow_backorder: boolean;
  inventory_quantity?: number | null;
  /** Null without a price in the shop's region. */
  calculated_price?: object | null;
}

/** What a client of the Store API needs to know first. */
export interface ShopFacts {
  publishableKey: string;
  /** Id of the region that it sells in. */
  region: string;
}

/** Body of a public page; see ask.ts. No plugin closes the shop to visitors alone. */
export function page(ask: Ask, path: string): Promise<string> {
  return readPage(ask, path, async () => false);
}

export async function readFacts(ask: Ask): Promise<ShopFacts> {
  const facts = parseJson<Partial<ShopFacts>>(await page(ask, '/shop.json'));
  const { publishableKey, region } = facts;
  if (!publishableKey) throw doesNotSell('NoStoreApi', 'the shop has no publishable key: make one in its admin');
  if (!region) throw doesNotSell('NothingToBuy', 'the shop has no region to sell in: make one in its admin');
  return { publishableKey, region };
}

export interface StoreRequest {
  /** Below `/store`. */
  path: string;
  /** Makes it a POST. */
  body?: object;
}

/** An answer of 5xx means that the shop is broken. */
export async function askStore(ask: Ask, { publishableKey }: ShopFacts, { path, body }: StoreRequest): Promise<Answer> {
  const headers = { 'x-publishable-api-key': publishableKey, 'Content-Type': 'application/json' };
  const answer = await ask(`/store${path}`, { headers, ...(body ? { body } : {}) });
  if (answer.status >= 500) throw notVerified('PageFails', `/store${path.split('?')[0]} answers ${answer.status}`);
  return answer;
}

export function parseJson<T>(body: string): T {
  try {
    return JSON.parse(body) as T;
  } catch {
    throw doesNotSell('NoStoreApi', "Medusa's Store API does not answer in JSON");
  }
}
