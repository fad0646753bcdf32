/**
 * Looks at the store as a customer's browser would, by its own address: the front page answers, and with
 * WooCommerce the shop lists a product. Places no order.
 */
import { NotYetError } from '../action-error.ts';
import type { ActionContext, ActionTarget } from './action-context.ts';

export async function verify(context: ActionContext, target: ActionTarget): Promise<void> {
  await expectPage(context, target, '/');
  if (!hasWooCommerce(context, target)) return;
  const body = await expectPage(context, target, '/wp-json/wc/store/v1/products');
  const products = parse(body);
  if (!Array.isArray(products) || products.length === 0) throw notVerified('the shop lists no product yet');
}

async function expectPage(
  { request, urlOf }: ActionContext,
  { store, signal }: ActionTarget,
  path: string,
): Promise<string> {
  const { id, namespace, name } = store;
  const answer = await request({ store: { id, namespace }, url: urlOf(name), path, signal }).catch((error: unknown) => {
    throw notVerified(`${path} does not answer: ${(error as Error).message}`);
  });
  if (answer.status !== 200) throw notVerified(`${path} answers ${answer.status}`);
  return answer.body;
}

function hasWooCommerce({ platformValues }: ActionContext, { store }: ActionTarget): boolean {
  const setting = (values: Record<string, unknown>): boolean | undefined =>
    (values['woocommerce'] as { enabled?: boolean } | undefined)?.enabled;
  return setting(store.values) ?? setting(platformValues) ?? true;
}

function notVerified(message: string): NotYetError {
  return new NotYetError('StorefrontNotVerified', message);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
