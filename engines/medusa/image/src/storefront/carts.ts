/** The visitor's cart. */
import type { Request, Response } from '@medusajs/framework/http';
import { cartIn, setCart } from './cookies.ts';
import { type Html, markup } from './html.ts';
import type { Shop } from './shop.ts';
import { StoreApiError } from './store-api.ts';
import type { Cart, Line } from './types.ts';
import { lineTitle, money, sums } from './views.ts';

export const MAX_QUANTITY = 99;

/** `undefined` without one, and for one that has become an order. */
export async function openCart(shop: Shop, req: Request): Promise<Cart | undefined> {
  const id = cartIn(req);
  if (id === undefined) return undefined;
  try {
    const { cart } = await shop.ask<{ cart: Cart }>(`/carts/${id}`);
    return cart.completed_at ? undefined : cart;
  } catch (error) {
    if (error instanceof StoreApiError && error.status === 404) return undefined;
    throw error;
  }
}

interface Wish {
  variant: string;
  quantity: number;
}

/** Adds to the cart, which is made for the first product. Says why it can't, for people. */
export async function addToCart(
  shop: Shop,
  { req, res, wish: { variant, quantity } }: { req: Request; res: Response; wish: Wish },
): Promise<string | undefined> {
  const item = { variant_id: variant, quantity };
  try {
    const cart = await openCart(shop, req);
    if (cart) await shop.ask(`/carts/${cart.id}/line-items`, { body: item });
    else {
      const { id } = await shop.region();
      const made = await shop.ask<{ cart: Cart }>('/carts', { body: { region_id: id, items: [item] } });
      setCart(res, made.cart.id);
    }
    return undefined;
  } catch (error) {
    return whyNot(error);
  }
}

/** Takes the line out for a quantity of 0. */
export async function setQuantity(
  shop: Shop,
  { cart, line, quantity }: { cart: Cart; line: string; quantity: number },
): Promise<string | undefined> {
  const known = cart.items?.find(({ id }) => id === line);
  // It was taken out in another window.
  if (!known) return undefined;
  const path = `/carts/${cart.id}/line-items/${known.id}`;
  try {
    await (quantity === 0 ? shop.ask(path, { method: 'DELETE' }) : shop.ask(path, { body: { quantity } }));
    return undefined;
  } catch (error) {
    return whyNot(error);
  }
}

/** Rethrows what is the shop's fault rather than a matter of stock or price. */
export function whyNot(error: unknown): string {
  if (!(error instanceof StoreApiError) || error.status >= 500) throw error;
  if (/inventory|stock/i.test(error.message)) return 'There are not that many left in stock.';
  return 'This can’t be ordered at the moment.';
}

export function cartView(cart: Cart | undefined, error?: string): Html {
  const { items = [] } = cart ?? {};
  if (!cart || items.length === 0) return markup`<p>It is empty. <a href="/">To the products</a></p>`;
  return markup`${error && markup`<p class="notice" role="alert">${error}</p>`}
<ul class="lines">${items.map((line) => lineView(line, cart.currency_code))}</ul>${sums(cart)}
<p><a class="button" href="/checkout">To the checkout</a></p>
<form method="post" action="/cart/empty"><button class="plain">Empty the cart</button></form>`;
}

function lineView(line: Line, currency: string): Html {
  const title = lineTitle(line);
  const handle = line.product_handle && encodeURIComponent(line.product_handle);
  const name = handle ? markup`<a href="/products/${handle}">${title}</a>` : title;
  const id = markup`<input type="hidden" name="line" value="${line.id}">`;
  return markup`<li><span class="what">${name}<br><span class="soft">${money(line.unit_price, currency)} each</span></span>
<form method="post" action="/cart/lines">${id}
<input type="number" name="quantity" value="${line.quantity}" min="0" max="${MAX_QUANTITY}" aria-label="Quantity of ${title}" required>
<button class="plain" aria-label="Change the quantity of ${title}">Change</button></form>
<form method="post" action="/cart/lines">${id}<input type="hidden" name="quantity" value="0">
<button class="plain" aria-label="Remove ${title}">Remove</button></form></li>
`;
}
