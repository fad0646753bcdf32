/** Pages of the shop, as HTML. */
import { expect, test } from 'vitest';
import { cartView } from '../src/storefront/carts.ts';
import { checkoutView } from '../src/storefront/checkout.ts';
import { chosenVariant, listingView, productView } from '../src/storefront/products.ts';
import type { Cart, Product, Variant } from '../src/storefront/types.ts';

const variant = (id: string, changes: Partial<Variant> = {}): Variant => ({
  id,
  title: id,
  calculated_price: { calculated_amount: 12, original_amount: 12, currency_code: 'eur' },
  manage_inventory: true,
  allow_backorder: false,
  inventory_quantity: 3,
  ...changes,
});
const product = (changes: Partial<Product> = {}): Product => ({
  title: 'Mug',
  handle: 'mug',
  description: 'First.\nSecond.',
  thumbnail: null,
  variants: [variant('one')],
  ...changes,
});
const SHIRT = product({
  title: 'Shirt',
  options: [
    { id: 'opt_size', title: 'Size', values: [{ value: 'S' }, { value: 'M' }] },
    { id: 'opt_ink', title: 'Ink', values: [{ value: 'Red' }] },
  ],
  variants: ['S', 'M'].map((size) =>
    variant(size, {
      options: [
        { option_id: 'opt_size', value: size },
        { option_id: 'opt_ink', value: 'Red' },
      ],
    }),
  ),
});
const CART: Cart = {
  id: 'cart_1',
  completed_at: null,
  currency_code: 'eur',
  items: [
    {
      id: 'cali_1',
      product_title: 'Mug <b>',
      product_handle: 'mug',
      variant_title: 'Blue',
      quantity: 2,
      unit_price: 12,
      total: 24,
    },
  ],
  item_subtotal: 24,
  shipping_subtotal: 5,
  discount_total: 0,
  tax_total: 0,
  total: 29,
};

test('lists products with their lowest price, and says what is out of stock', () => {
  const dear = variant('two', {
    calculated_price: { calculated_amount: 20, original_amount: 20, currency_code: 'eur' },
  });
  const products = [
    product({ variants: [dear, variant('one')] }),
    product({ title: 'Gone', variants: [variant('one', { inventory_quantity: 0 })] }),
  ];
  const text = String(listingView({ search: '', page: 1, products, pages: 1 }));
  expect(text).toContain('from €12.00');
  expect(text.split('Out of stock')).toHaveLength(2);
  expect(text).not.toContain('<nav');
});

test('leads from page to page, and keeps the search', () => {
  const text = String(listingView({ search: 'a&b', page: 2, products: [product()], pages: 3 }));
  expect(text).toContain('href="/?q=a%26b&#38;page=1"');
  expect(text).toContain('href="/?q=a%26b&#38;page=3"');
  expect(text).toContain('Page 2 of 3');
});

test('says what was searched for in vain, escaped', () => {
  expect(String(listingView({ search: '<i>', page: 1, products: [], pages: 0 }))).toContain('“&#60;i&#62;”');
});

test('finds the variant with all that was chosen, and the only one without a choice', () => {
  expect(chosenVariant(SHIRT, { opt_size: 'M', opt_ink: 'Red' })?.id).toBe('M');
  expect(chosenVariant(SHIRT, { opt_size: 'M' })).toBeUndefined();
  expect(chosenVariant(product(), {})?.id).toBe('one');
});

test('offers each option of a product, and keeps the choice beside its error', () => {
  const text = String(productView(SHIRT, { opt_size: 'M' }, 'Choose something that we have.'));
  expect(text).toContain('<label for="opt_size">Size</label>');
  expect(text).toContain('<option selected>M</option>');
  expect(text.match(/aria-describedby="choice-error"/g)).toHaveLength(2);
});

test('takes no order for what is out of stock', () => {
  const text = String(productView(product({ variants: [variant('one', { inventory_quantity: 0 })] }), {}));
  expect(text).toContain('Out of stock');
  expect(text).not.toContain('<form');
});

test('sells without stock what may be ordered anyway, or is not counted', () => {
  for (const changes of [{ allow_backorder: true }, { manage_inventory: false }])
    expect(
      String(productView(product({ variants: [variant('one', { ...changes, inventory_quantity: 0 })] }), {})),
    ).toContain('<form');
});

test('shows the lines of a cart with their names escaped, and its total', () => {
  const text = String(cartView(CART));
  expect(text).toContain('Mug &#60;b&#62;, Blue');
  expect(text).toContain('€29.00');
  expect(String(cartView(undefined))).toContain('It is empty');
});

const FORM = {
  cart: CART,
  region: { id: 'reg_1', currency_code: 'eur', countries: [{ iso_2: 'de', display_name: 'Germany' }] },
  deliveries: [{ id: 'so_1', name: 'Standard', amount: 5 }],
  offersCash: true,
  customer: {},
  delivery: '',
  errors: {},
};

test('labels every field of the checkout, and says its error beside it', () => {
  const text = String(
    checkoutView({ ...FORM, customer: { city: 'Berlin' }, errors: { email: 'Enter your email address.' } }),
  );
  const ids = [...text.matchAll(/<(?:input|select) id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids).toHaveLength(7);
  for (const id of ids) expect(text).toContain(`<label for="${id}">`);
  expect(text).toContain('aria-invalid="true" aria-describedby="email-error"');
  expect(text).toContain('<p class="error" id="email-error">Enter your email address.</p>');
  expect(text).toContain('value="Berlin"');
  expect(text).toContain('One field needs another look.');
});

test('takes no order where nothing can be delivered or paid', () => {
  for (const changes of [{ deliveries: [] }, { offersCash: false }]) {
    const text = String(checkoutView({ ...FORM, ...changes }));
    expect(text).toContain('takes no orders');
    expect(text).not.toContain('<form');
  }
});
