import { orderView } from '../../../storefront/checkout.ts';
import { hasBought } from '../../../storefront/cookies.ts';
import { inShop } from '../../../storefront/handle.ts';
import { NotFound } from '../../../storefront/not-found.ts';
import { sendPage } from '../../../storefront/page.ts';
import type { Order } from '../../../storefront/types.ts';

/** Shown in the browser that placed the order, and nowhere else. */
export const GET = inShop(async (shop, req, res) => {
  const { id = '' } = req.params;
  if (!hasBought(req, id)) throw new NotFound();
  const { order } = await shop.ask<{ order: Order }>(`/orders/${encodeURIComponent(id)}?fields=+display_id`);
  sendPage(res, { shop: shop.name, title: 'Order received', body: orderView(order) });
});
