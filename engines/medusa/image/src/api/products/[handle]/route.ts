import { addToCart, MAX_QUANTITY } from '../../../storefront/carts.ts';
import { countOf, textOf } from '../../../storefront/fields.ts';
import { inShop } from '../../../storefront/handle.ts';
import { redirect, sendPage } from '../../../storefront/page.ts';
import { type Choice, chosenVariant, findProduct, productView } from '../../../storefront/products.ts';
import { isBuyable } from '../../../storefront/views.ts';

const handleOf = (params: Record<string, string>): string => params['handle'] ?? '';

export const GET = inShop(async (shop, req, res) => {
  const product = await findProduct(shop, handleOf(req.params));
  sendPage(res, { shop: shop.name, title: product.title, body: productView(product, {}) });
});

/** Adds the chosen variant to the cart. */
export const POST = inShop(async (shop, req, res) => {
  const product = await findProduct(shop, handleOf(req.params));
  const choice: Choice = Object.fromEntries((product.options ?? []).map(({ id }) => [id, textOf(req.body, id)]));
  const variant = chosenVariant(product, choice);
  const quantity = Math.max(1, countOf(req.body, 'quantity', MAX_QUANTITY) ?? 1);
  const refuse = (error: string): void =>
    sendPage(res, { shop: shop.name, title: product.title, body: productView(product, choice, error), status: 422 });
  if (!variant) return refuse('Choose something that we have.');
  if (!isBuyable(variant)) return refuse('This is out of stock.');
  const error = await addToCart(shop, { req, res, wish: { variant: variant.id, quantity } });
  if (error !== undefined) return refuse(error);
  redirect(res, '/cart');
});
