import { expect, test } from 'vitest';
import { WOOCOMMERCE as engine } from '../../domain/testing.ts';
import { checkVolumes } from './check-volumes.ts';

const claim = { phase: 'Bound', capacity: '10Gi', terminating: false };
const claims = ['data-mariadb-0', 'wordpress-content'].map((name) => ({ ...claim, name }));
const size = (value: string): object => ({ mariadb: { storage: { size: value } } });
const className = (value: string): object => ({ wordpress: { storage: { className: value } } });

test.each<{ name: string; before: object; after: object; fields: string[] }>([
  { name: 'rejects a smaller volume', before: {}, after: size('9Gi'), fields: ['values.mariadb.storage.size'] },
  {
    name: 'rejects a smaller volume in another unit',
    before: {},
    after: size('10G'),
    fields: ['values.mariadb.storage.size'],
  },
  { name: 'accepts a larger volume', before: {}, after: size('11Gi'), fields: [] },
  { name: 'accepts the capacity in another unit', before: {}, after: size('10240Mi'), fields: [] },
  { name: 'accepts an old size of a grown volume', before: size('2Gi'), after: size('2Gi'), fields: [] },
  { name: 'accepts a smaller size of the store', before: { size: 'large' }, after: { size: 'small' }, fields: [] },
  { name: 'accepts no storage at all', before: size('10Gi'), after: { mariadb: null }, fields: [] },
  {
    name: 'rejects another class',
    before: {},
    after: className('fast'),
    fields: ['values.wordpress.storage.className'],
  },
  {
    name: 'rejects a removed class',
    before: className('fast'),
    after: {},
    fields: ['values.wordpress.storage.className'],
  },
  { name: 'accepts the same class', before: className('fast'), after: className('fast'), fields: [] },
])('$name', ({ before, after, fields }) => {
  expect(
    checkVolumes(claims, { engine, before: before as never, after: after as never }).map(({ field }) => field),
  ).toEqual(fields);
});

test('accepts anything for a volume that does not exist yet', () => {
  expect(checkVolumes([], { engine, before: {}, after: { ...size('1Gi'), ...className('fast') } })).toEqual([]);
});

test('reports the current capacity and the remedy', () => {
  expect(
    checkVolumes(claims, { engine, before: {}, after: { mariadb: { storage: { size: '1Gi' } } } })[0]?.message,
  ).toBe("the volume has 10Gi and can't shrink: request at least that, or leave the size out");
});
