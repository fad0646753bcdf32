import { expect, test } from 'vitest';
import { checkVolumes } from './check-volumes.ts';

const claim = { phase: 'Bound', capacity: '10Gi', terminating: false };
const claims = ['data-mariadb-0', 'wordpress-content'].map((name) => ({ ...claim, name }));
const size = (value: string): object => ({ mariadb: { storage: { size: value } } });
const className = (value: string): object => ({ wordpress: { storage: { className: value } } });

test.each<[what: string, before: object, after: object, fields: string[]]>([
  ['a smaller volume', {}, size('9Gi'), ['values.mariadb.storage.size']],
  ['one that is smaller in another unit', {}, size('10G'), ['values.mariadb.storage.size']],
  ['a larger volume', {}, size('11Gi'), []],
  ['as much as there is', {}, size('10240Mi'), []],
  ['the size that the store was made with, before its volume grew', size('2Gi'), size('2Gi'), []],
  ['a smaller size of the store', { size: 'large' }, { size: 'small' }, []],
  ['no storage at all', size('10Gi'), { mariadb: null }, []],
  ['another class', {}, className('fast'), ['values.wordpress.storage.className']],
  ['a class that is taken back', className('fast'), {}, ['values.wordpress.storage.className']],
  ['the same class', className('fast'), className('fast'), []],
])('%s', (_what, before, after, fields) => {
  expect(checkVolumes(claims, before as never, after as never).map(({ field }) => field)).toEqual(fields);
});

test('a volume that is not there yet can become anything', () => {
  expect(checkVolumes([], {}, { ...size('1Gi'), ...className('fast') })).toEqual([]);
});

test('the message says what there is, and what to do', () => {
  expect(checkVolumes(claims, {}, { mariadb: { storage: { size: '1Gi' } } })[0]?.message).toBe(
    'the volume has 10Gi and can not shrink: ask for as much or more, or leave it out',
  );
});
