/** What the pages show of the Store API's answers. Amounts are in the currency's main unit. */

export interface Option {
  id: string;
  title: string;
  values: { value: string }[];
}

export interface Variant {
  id: string;
  title: string;
  /** Null where it has no price in this region. */
  calculated_price?: { calculated_amount: number; original_amount: number; currency_code: string } | null;
  manage_inventory: boolean;
  allow_backorder: boolean;
  inventory_quantity?: number | null;
  options?: { option_id: string; value: string }[];
}

export interface Product {
  title: string;
  handle: string;
  description: string | null;
  thumbnail: string | null;
  images?: { url: string }[];
  options?: Option[];
  variants?: Variant[];
}

export interface Line {
  id: string;
  product_title: string;
  product_handle: string | null;
  variant_title: string | null;
  quantity: number;
  unit_price: number;
  total: number;
}

/** A cart or an order. */
export interface Lines {
  id: string;
  currency_code: string;
  items?: Line[];
  item_subtotal: number;
  shipping_subtotal: number;
  discount_total: number;
  tax_total: number;
  total: number;
  /** None before one was chosen. */
  shipping_methods?: { name: string }[];
}

export interface Cart extends Lines {
  completed_at: string | null;
}

export interface Address {
  first_name: string;
  last_name: string;
  address_1: string;
  postal_code: string;
  city: string;
  country_code: string;
}

export interface Order extends Lines {
  display_id: number;
  email: string;
  shipping_address: Address;
}

export interface Region {
  id: string;
  currency_code: string;
  countries: { iso_2: string; display_name: string }[];
}

export interface Delivery {
  id: string;
  name: string;
  amount: number | null;
  insufficient_inventory?: boolean;
}
