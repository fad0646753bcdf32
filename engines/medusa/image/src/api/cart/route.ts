import { cartView, openCart } from '../../storefront/carts.ts';
import { inShop } from '../../storefront/handle.ts';
import { sendPage } from '../../storefront/page.ts';

export const GET = inShop(async (shop, req, res) => {
  sendPage(res, { shop: shop.name, title: 'Cart', body: cartView(await openCart(shop, req)) });
});
