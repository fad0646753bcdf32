/** Pages and answers of a WooCommerce shop, as a visitor gets them. */
import { type Ask, doesNotSell, page as readPage } from '../ask.ts';

export const STORE_API = '/wp-json/wc/store/v1';
const LOGIN = '/wp-login.php';

export interface Product {
  id: number;
  name: string;
  /** Such as simple or variable. */
  type?: string;
  permalink: string;
  is_purchasable: boolean;
  is_in_stock: boolean;
  add_to_cart?: { minimum?: number };
  /** `value` is null if any value matches. */
  variations?: { id: number; attributes: { name: string; value: string | null }[] }[];
  attributes?: { name: string; terms: { slug: string; default?: boolean }[] }[];
}

/** Body of a public page; see ask.ts. */
export function page(ask: Ask, path: string): Promise<string> {
  // A maintenance plugin answers visitors but lets the merchant in; without a database nothing answers.
  return readPage(ask, path, async (status) => status < 500 || (status === 503 && (await ask(LOGIN)).status < 500));
}

export function parseJson<T>(body: string): T {
  try {
    return JSON.parse(body) as T;
  } catch {
    throw doesNotSell('NoStoreApi', "WooCommerce's Store API does not answer in JSON");
  }
}
