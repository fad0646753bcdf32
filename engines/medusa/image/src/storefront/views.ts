/** Parts of pages that several of them have. Pure. */
import { type Html, markup } from './html.ts';
import type { Lines, Product, Variant } from './types.ts';

/** `currency`: three letters, in any case. */
export function money(amount: number, currency: string): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount);
}

export function priceOf({ calculated_price: price }: Variant): string {
  return price ? money(price.calculated_amount, price.currency_code) : '';
}

/** It has a price, and is in stock or may be ordered anyway. */
export function isBuyable({ calculated_price: price, ...variant }: Variant): boolean {
  const { manage_inventory: isCounted, allow_backorder: isOrderedAnyway, inventory_quantity: left } = variant;
  return Boolean(price) && (!isCounted || isOrderedAnyway || (left ?? 0) > 0);
}

export function picture({ title, thumbnail }: Pick<Product, 'title' | 'thumbnail'>, alt = ''): Html {
  if (thumbnail)
    return markup`<img class="picture" src="${thumbnail}" alt="${alt}" width="400" height="400" loading="lazy">`;
  return markup`<span class="picture" role="img" aria-label="${title}, no picture"></span>`;
}

/** The lowest of its variants' prices. */
export function priceFrom({ variants = [] }: Product): string {
  const prices = variants.flatMap(({ calculated_price: price }) => price ?? []);
  const [lowest] = prices.toSorted((one, other) => one.calculated_amount - other.calculated_amount);
  if (!lowest) return '';
  const isOne = prices.every(({ calculated_amount: amount }) => amount === lowest.calculated_amount);
  return `${isOne ? '' : 'from '}${money(lowest.calculated_amount, lowest.currency_code)}`;
}

export function sums(lines: Lines): Html {
  const row = (label: string, amount: number): Html =>
    markup`<tr><th scope="row">${label}</th><td>${money(amount, lines.currency_code)}</td></tr>`;
  const isDelivered = (lines.shipping_methods ?? []).length > 0;
  return markup`<table class="sums">${row('Products', lines.item_subtotal)}${
    lines.discount_total > 0 && row('Discount', -lines.discount_total)
  }${isDelivered && row('Delivery', lines.shipping_subtotal)}${lines.tax_total > 0 && row('Tax', lines.tax_total)}${row('Total', lines.total)}</table>`;
}

export const lineTitle = ({
  product_title: product,
  variant_title: variant,
}: NonNullable<Lines['items']>[number]): string =>
  variant && variant !== 'Default variant' && variant !== 'One size' ? `${product}, ${variant}` : product;
