import { expect, test } from 'vitest';
import { isFiltered, readFilters, toQuery } from './audit-query.ts';

const NOW = Date.UTC(2026, 0, 2);
const queryOf = (address: string) => toQuery(readFilters(new URLSearchParams(address)), NOW);

test('asks for what the address says, and leaves out what it does not', () => {
  expect(queryOf('')).toEqual({});
  expect(queryOf('actor=+ann+&outcome=denied&period=24h')).toEqual({
    actor: 'ann',
    outcome: 'denied',
    since: '2026-01-01T00:00:00.000Z',
  });
});

test('ignores filters that do not exist', () => {
  const filters = readFilters(new URLSearchParams('outcome=maybe&period=1y'));
  expect([isFiltered(filters), toQuery(filters, NOW)]).toEqual([false, {}]);
  expect(isFiltered(readFilters(new URLSearchParams('object=st_1')))).toBe(true);
});
