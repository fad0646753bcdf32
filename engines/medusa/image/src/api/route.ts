import { textOf } from '../storefront/fields.ts';
import { inShop } from '../storefront/handle.ts';
import { sendPage } from '../storefront/page.ts';
import { listingView, listProducts } from '../storefront/products.ts';

/** The products, all or those that were searched for. */
export const GET = inShop(async (shop, req, res) => {
  const search = textOf(req.query, 'q', 100);
  const listing = await listProducts(shop, req.query, search);
  const title = search ? `Products for “${search}”` : shop.name;
  sendPage(res, { shop: shop.name, title, body: listingView(listing), search });
});
