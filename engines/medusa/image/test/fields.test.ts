import { expect, test } from 'vitest';
import { countOf, readCustomer, textOf } from '../src/storefront/fields.ts';

const FORM = {
  email: ' ada@example.com ',
  first_name: 'Ada',
  last_name: 'Byron',
  address_1: 'Teststr. 1',
  postal_code: '10115',
  city: 'Berlin',
  country_code: 'DE',
};

test('takes a complete address as it is, trimmed, with the country as Medusa writes it', () => {
  expect(readCustomer(FORM, ['de', 'fr'])).toEqual({
    customer: { ...FORM, email: 'ada@example.com', country_code: 'de' },
    errors: {},
  });
});

test('names each field that lacks something, and keeps what was typed', () => {
  const { customer, errors } = readCustomer({ ...FORM, email: 'ada', city: ' ' }, ['de']);
  expect(errors).toEqual({ email: expect.stringMatching(/such as/) as string, city: 'Enter your city.' });
  expect(customer).toMatchObject({ email: 'ada', first_name: 'Ada' });
});

test('refuses a country that is not delivered to', () => {
  expect(readCustomer(FORM, ['fr']).errors).toEqual({ country_code: 'Choose a country that we deliver to.' });
});

test.each([undefined, null, 'text', [], { email: ['a', 'b'] }, { email: { $gt: '' } }])(
  'reads no text from %j',
  (form) => {
    expect(textOf(form, 'email')).toBe('');
  },
);

test('takes line breaks and control characters out, and cuts what is too long', () => {
  expect(textOf({ city: 'Ber\r\nlin\0' }, 'city')).toBe('Ber  lin');
  expect(textOf({ city: 'x'.repeat(300) }, 'city')).toHaveLength(200);
});

test.each([
  { text: '0', count: 0 },
  { text: '99', count: 99 },
  { text: '100', count: undefined },
  { text: '-1', count: undefined },
  { text: '1.5', count: undefined },
  { text: '1e1', count: undefined },
  { text: '', count: undefined },
])('reads the quantity "$text" as $count', ({ text, count }) => {
  expect(countOf({ quantity: text }, 'quantity', 99)).toBe(count);
});
