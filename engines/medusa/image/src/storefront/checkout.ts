/** The checkout: one form, and the requests that make an order of the cart. */
import { type Customer, type CustomerField, type Errors, FIELDS } from './fields.ts';
import { type Html, markup } from './html.ts';
import type { Shop } from './shop.ts';
import { whyNot } from './carts.ts';
import type { Cart, Delivery, Line, Lines, Order, Region } from './types.ts';
import { lineTitle, money, sums } from './views.ts';

/** Medusa's provider that takes no payment in advance. */
export const CASH_ON_DELIVERY = 'pp_system_default';

export async function deliveriesFor(shop: Shop, cart: Cart): Promise<Delivery[]> {
  const { shipping_options: options } = await shop.ask<{ shipping_options: Delivery[] }>(
    `/shipping-options?cart_id=${cart.id}`,
  );
  return options;
}

interface OrderRequest {
  cart: Cart;
  customer: Customer;
  delivery: string;
}

/** Returns the order, or why there is none, for people. A cart that was ordered already gives the same order again. */
export async function placeOrder(shop: Shop, { cart, customer, delivery }: OrderRequest): Promise<Order | string> {
  const { email, ...address } = customer;
  try {
    await shop.ask(`/carts/${cart.id}`, { body: { email, shipping_address: address, billing_address: address } });
    await shop.ask(`/carts/${cart.id}/shipping-methods`, { body: { option_id: delivery } });
    const { payment_collection: payment } = await shop.ask<{ payment_collection: { id: string } }>(
      '/payment-collections',
      { body: { cart_id: cart.id } },
    );
    await shop.ask(`/payment-collections/${payment.id}/payment-sessions`, { body: { provider_id: CASH_ON_DELIVERY } });
    // A refused order is an answer of 200 too.
    const placed = await shop.ask<{ type: string; order?: Order; error?: { message: string } }>(
      `/carts/${cart.id}/complete`,
      { body: {} },
    );
    if (placed.order) return placed.order;
    const isStock = /inventory|stock/i.test(placed.error?.message ?? '');
    return isStock
      ? 'Something in your cart has just sold out: change the cart, then order again.'
      : 'The order could not be placed. Nothing was ordered: try again in a moment.';
  } catch (error) {
    return whyNot(error);
  }
}

export interface CheckoutForm {
  cart: Cart;
  region: Region;
  deliveries: readonly Delivery[];
  offersCash: boolean;
  /** As sent; empty at first. */
  customer: Partial<Customer>;
  /** The chosen one's id. */
  delivery: string;
  errors: Errors;
  /** Why there is no order. */
  notice?: string | undefined;
}

export function checkoutView(form: CheckoutForm): Html {
  const { cart, deliveries, offersCash, errors, notice } = form;
  const count = Object.keys(errors).length;
  const look = `${count === 1 ? 'One field needs' : `${count} fields need`} another look.`;
  const closed = markup`<p class="notice">This shop takes no orders at the moment. <a href="/cart">Back to the cart</a></p>`;
  return markup`${notice && markup`<p class="notice" role="alert">${notice}</p>`}
${count > 0 && markup`<p class="notice" role="alert">${look}</p>`}
${linesView(cart)}${sums(cart)}
${offersCash && deliveries.length > 0 ? formView(form) : closed}`;
}

function linesView({ items = [], currency_code: currency }: Lines): Html {
  const price = ({ unit_price: each, quantity }: Line): string => money(each * quantity, currency);
  return markup`<ul class="lines">${items.map(
    (line) => markup`<li><span class="what">${line.quantity} × ${lineTitle(line)}</span>${price(line)}</li>`,
  )}</ul>`;
}

function formView({ cart, region, deliveries, customer, delivery, errors }: CheckoutForm): Html {
  // Object.entries forgets the names.
  const fields = Object.entries(FIELDS).map(([name, field]) =>
    fieldView({ name, ...field, value: customer[name as CustomerField] ?? '', error: errors[name as CustomerField] }),
  );
  const countries = region.countries.map(
    ({ iso_2: code, display_name: name }) =>
      markup`<option value="${code}"${customer.country_code === code && markup` selected`}>${name}</option>`,
  );
  const chosen = deliveries.some(({ id }) => id === delivery) ? delivery : deliveries[0]?.id;
  const ways = deliveries.map(({ id, name, amount }) => {
    const price = money(amount ?? 0, cart.currency_code);
    const checked = id === chosen && markup` checked`;
    return markup`<label class="choice"><input type="radio" name="delivery" value="${id}"${checked}> ${name}: ${price}</label>`;
  });
  return markup`<form class="wide" method="post" action="/checkout" novalidate>${fields}
<label for="country_code">Country</label>
<select id="country_code" name="country_code" autocomplete="country" required>${countries}</select>
${errorView('country_code', errors.country_code)}
<fieldset><legend>Delivery</legend>${ways}${errorView('delivery', errors.delivery)}</fieldset>
<fieldset><legend>Payment</legend>
<label class="choice"><input type="radio" name="payment" value="cash" checked> Cash on delivery</label></fieldset>
<p><button>Place order</button></p></form>`;
}

interface FieldView {
  name: string;
  label: string;
  fill: string;
  value: string;
  error: string | undefined;
}

function fieldView({ name, label, fill, value, error }: FieldView): Html {
  const type = name === 'email' ? 'email' : 'text';
  const wrong = error !== undefined && markup` aria-invalid="true" aria-describedby="${name}-error"`;
  return markup`<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${fill}" maxlength="200" required${wrong}>
${errorView(name, error)}`;
}

function errorView(name: string, error: string | undefined): Html | false {
  return error !== undefined && markup`<p class="error" id="${name}-error">${error}</p>`;
}

export function orderView(order: Order): Html {
  const { display_id: number, email, shipping_address: to, shipping_methods: by = [] } = order;
  return markup`<p>Thank you. Your order number is <strong>${number}</strong>. You pay in cash on delivery.</p>
${linesView(order)}${sums(order)}
<h2>Delivery${by.map(({ name }) => `: ${name}`)}</h2>
<p>${to.first_name} ${to.last_name}<br>${to.address_1}<br>${to.postal_code} ${to.city}<br>${email}</p>
<p><a href="/">To the products</a></p>`;
}
