import { cartView, MAX_QUANTITY, openCart, setQuantity } from '../../../storefront/carts.ts';
import { countOf, textOf } from '../../../storefront/fields.ts';
import { inShop } from '../../../storefront/handle.ts';
import { redirect, sendPage } from '../../../storefront/page.ts';

/** Changes the quantity of a line of the cart. */
export const POST = inShop(async (shop, req, res) => {
  const cart = await openCart(shop, req);
  const quantity = countOf(req.body, 'quantity', MAX_QUANTITY);
  const error =
    quantity === undefined
      ? `Enter a quantity from 0 to ${MAX_QUANTITY}.`
      : cart && (await setQuantity(shop, { cart, line: textOf(req.body, 'line'), quantity }));
  if (error === undefined) return redirect(res, '/cart');
  sendPage(res, { shop: shop.name, title: 'Cart', body: cartView(cart, error), status: 422 });
});
