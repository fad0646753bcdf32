/** Building blocks of the storefront check: requests, findings, and the shapes of the Store API. */
import type { Reason } from '@shopyard/contracts';
import { RetryError } from '../../action-error.ts';
import type { StoreAnswer } from '../../../store-access/store-http.ts';
import type { ActionContext, ActionTarget } from './action-context.ts';

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

export type Ask = (path: string, init?: { body?: object; headers?: Record<string, string> }) => Promise<StoreAnswer>;

/** The shop works but does not sell: an error in a new store, possibly the merchant's choice in an old one. */
export class DoesNotSell extends Error {
  readonly reason: Reason;

  /** `message`: a sentence without initial capital or full stop. */
  constructor(reason: Reason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Throws RetryError if the store does not answer. */
export function askAs({ request }: ActionContext, { store, signal }: ActionTarget): Ask {
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

/** Returns the body of a public page. Throws RetryError if it fails, a DoesNotSell if it is closed to visitors. */
export async function page(ask: Ask, path: string): Promise<string> {
  const { status, body } = await ask(path);
  if (status === 200) return body;
  const [shown = path] = path.split('?');
  // A maintenance plugin answers visitors but lets the merchant in; without a database nothing answers.
  const isClosed = status < 500 || (status === 503 && (await ask(LOGIN)).status < 500);
  if (isClosed) throw new DoesNotSell('ClosedToVisitors', `${shown} answers ${status} to a visitor`);
  throw notVerified('PageFails', `${shown} answers ${status}`);
}

export function notVerified(reason: Reason, message: string): RetryError {
  return new RetryError(reason, `Not orderable yet: ${message}.`);
}

export function toJson<T>(body: string): T {
  try {
    return JSON.parse(body) as T;
  } catch {
    throw new DoesNotSell('NoStoreApi', "WooCommerce's Store API does not answer in JSON");
  }
}
