import { expect, test } from 'vitest';
import { findDatabaseChanges, findDowngrades } from './version-changes.ts';

const values = (
  changes: { medusa?: string; postgres?: string; currency?: string; country?: string } = {},
): Record<string, unknown> => ({
  store: { currency: changes.currency ?? 'EUR', country: changes.country ?? 'DE' },
  medusa: { image: { tag: changes.medusa ?? '2.21.2', digest: '' } },
  postgres: { image: { tag: changes.postgres ?? '18', digest: '' } },
});
const REPORTED = { medusa: '2.21.2', postgres: '18.4' };

test.each([
  {
    what: 'an older Medusa',
    after: values({ medusa: '2.21.1' }),
    path: 'medusa.image.tag',
    message: /^must be 2\.21\.2 or newer/,
  },
  {
    what: 'a newer major version of Postgres',
    after: values({ postgres: '19' }),
    path: 'postgres.image.tag',
    message: /^must stay 18:/,
  },
  { what: 'an older one', after: values({ postgres: '17.6' }), path: 'postgres.image.tag', message: /^must stay 18:/ },
  { what: 'another currency', after: values({ currency: 'USD' }), path: 'store.currency', message: /^must stay EUR:/ },
  { what: 'another country', after: values({ country: 'FR' }), path: 'store.country', message: /^must stay DE:/ },
])('refuses $what', ({ after, path, message }) => {
  const found = findDowngrades({ before: values(), after, reported: REPORTED });
  expect(found).toEqual([{ path: path.split('.'), message: expect.stringMatching(message) as string }]);
});

test.each([
  { what: 'no change', after: values() },
  { what: 'a newer Medusa', after: values({ medusa: '2.22.0' }) },
  { what: 'another release of the same Postgres', after: values({ postgres: '18.4-alpine' }) },
])('accepts $what', ({ after }) => {
  expect(findDowngrades({ before: values(), after, reported: REPORTED })).toEqual([]);
});

test('refuses what differs from the values, where the setup has reported nothing yet', () => {
  const found = findDowngrades({ before: values(), after: values({ postgres: '19', medusa: '2.20.0' }), reported: {} });
  expect(found.map(({ path }) => path.join('.'))).toEqual(['medusa.image.tag', 'postgres.image.tag']);
});

test('says that a newer Medusa may change the database for good', () => {
  const change = { before: values(), after: values({ medusa: '2.22.0' }), reported: REPORTED };
  expect(findDatabaseChanges(change)).toEqual([{ what: 'Medusa 2.21.2 → 2.22.0', isCertain: false }]);
});
