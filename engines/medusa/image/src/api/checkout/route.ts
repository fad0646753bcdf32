import type { Request, Response } from '@medusajs/framework/http';
import { openCart } from '../../storefront/carts.ts';
import {
  CASH_ON_DELIVERY,
  type CheckoutForm,
  checkoutView,
  deliveriesFor,
  placeOrder,
} from '../../storefront/checkout.ts';
import { noteBought, setCart } from '../../storefront/cookies.ts';
import { readCustomer, textOf } from '../../storefront/fields.ts';
import { inShop } from '../../storefront/handle.ts';
import { redirect, sendPage } from '../../storefront/page.ts';
import { RateLimit } from '../../storefront/rate-limit.ts';
import type { Shop } from '../../storefront/shop.ts';

const orders = new RateLimit({ most: 20, windowMs: 600_000 });

type Known = Pick<CheckoutForm, 'cart' | 'region' | 'deliveries' | 'offersCash'>;

export const GET = inShop(async (shop, req, res) => {
  const known = await prepare(shop, req);
  if (!known) return redirect(res, '/cart');
  send(res, shop, { ...known, customer: {}, delivery: '', errors: {} });
});

export const POST = inShop(async (shop, req, res) => {
  const known = await prepare(shop, req);
  if (!known) return redirect(res, '/cart');
  const { cart, region, deliveries } = known;
  const codes = region.countries.map(({ iso_2: code }) => code);
  const { customer, errors } = readCustomer(req.body, codes);
  const delivery = textOf(req.body, 'delivery');
  if (!deliveries.some(({ id }) => id === delivery)) errors.delivery = 'Choose how it is delivered.';
  const form = { ...known, customer, delivery, errors };
  if (Object.keys(errors).length > 0) return send(res, shop, form, 422);
  if (!orders.takes(req.ip ?? '', Date.now()))
    return send(res, shop, { ...form, notice: 'That were many orders: try again in ten minutes.' }, 429);
  const placed = await placeOrder(shop, { cart, customer, delivery });
  if (typeof placed === 'string') return send(res, shop, { ...form, notice: placed }, 422);
  setCart(res, undefined);
  noteBought(req, res, placed.id);
  redirect(res, `/orders/${placed.id}`);
});

/** `undefined` with nothing to order. */
async function prepare(shop: Shop, req: Request): Promise<Known | undefined> {
  const cart = await openCart(shop, req);
  if (!cart?.items?.length) return undefined;
  const region = await shop.region();
  const [deliveries, { payment_providers: payments }] = await Promise.all([
    deliveriesFor(shop, cart),
    shop.ask<{ payment_providers: { id: string }[] }>(`/payment-providers?region_id=${region.id}`),
  ]);
  return { cart, region, deliveries, offersCash: payments.some(({ id }) => id === CASH_ON_DELIVERY) };
}

// oxlint-disable-next-line max-params -- the status follows what it belongs to
function send(res: Response, shop: Shop, form: CheckoutForm, status = 200): void {
  sendPage(res, { shop: shop.name, title: 'Checkout', body: checkoutView(form), status });
}
