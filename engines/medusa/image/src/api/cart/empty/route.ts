import { openCart } from '../../../storefront/carts.ts';
import { setCart } from '../../../storefront/cookies.ts';
import { inShop } from '../../../storefront/handle.ts';
import { redirect } from '../../../storefront/page.ts';

/** Deletes the cart: Shopyard's check fills one every few minutes, and leaves none. */
export const POST = inShop(async (shop, req, res) => {
  const cart = await openCart(shop, req);
  if (cart) await req.scope.resolve('cart').deleteCarts([cart.id]);
  setCart(res, undefined);
  redirect(res, '/cart');
});
