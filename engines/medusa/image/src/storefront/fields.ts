/** What a form sent. Pure. */

/** One line of text, without what would be cut off by the database. */
export function textOf(form: unknown, name: string, length = 200): string {
  const value = typeof form === 'object' && form !== null ? Reflect.get(form, name) : undefined;
  return typeof value === 'string'
    ? value
        .replaceAll(/\p{Cc}/gu, ' ')
        .trim()
        .slice(0, length)
    : '';
}

/** A whole number from 0 to `most`; `undefined` for anything else. */
export function countOf(form: unknown, name: string, most: number): number | undefined {
  const text = textOf(form, name);
  const count = Number(text);
  return /^\d+$/.test(text) && count <= most ? count : undefined;
}

export interface Customer {
  email: string;
  first_name: string;
  last_name: string;
  address_1: string;
  postal_code: string;
  city: string;
  country_code: string;
}

export type CustomerField = keyof Customer;

interface Field {
  label: string;
  /** For the browser's autofill. */
  fill: string;
  /** Said where it is empty. */
  missing: string;
}

export const FIELDS: Readonly<Record<Exclude<CustomerField, 'country_code'>, Field>> = {
  email: { label: 'Email', fill: 'email', missing: 'Enter your email address.' },
  first_name: { label: 'First name', fill: 'given-name', missing: 'Enter your first name.' },
  last_name: { label: 'Last name', fill: 'family-name', missing: 'Enter your last name.' },
  address_1: { label: 'Street and number', fill: 'street-address', missing: 'Enter your street and number.' },
  postal_code: { label: 'Postcode', fill: 'postal-code', missing: 'Enter your postcode.' },
  city: { label: 'City', fill: 'address-level2', missing: 'Enter your city.' },
};

const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

export type Errors = Partial<Record<CustomerField | 'delivery', string>>;

/** `countries`: codes of those that are delivered to. */
export function readCustomer(form: unknown, countries: readonly string[]): { customer: Customer; errors: Errors } {
  const errors: Errors = {};
  const read = (name: keyof typeof FIELDS): string => {
    const text = textOf(form, name);
    if (text === '') errors[name] = FIELDS[name].missing;
    return text;
  };
  const customer = {
    email: read('email'),
    first_name: read('first_name'),
    last_name: read('last_name'),
    address_1: read('address_1'),
    postal_code: read('postal_code'),
    city: read('city'),
    country_code: textOf(form, 'country_code').toLowerCase(),
  };
  if (!errors.email && !EMAIL.test(customer.email)) errors.email = 'Enter an email address such as ada@example.com.';
  if (!countries.includes(customer.country_code)) errors.country_code = 'Choose a country that we deliver to.';
  return { customer, errors };
}
