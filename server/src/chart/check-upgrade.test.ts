import { expect, test } from 'vitest';
import { checkUpgrade } from './check-upgrade.ts';

const downgrades = [{ path: ['front', 'image', 'tag'], message: 'must be 2.1 or newer' }];

test('asks the engine about the change, and rejects by field', () => {
  const asked: unknown[] = [];
  const engine = { downgrades: (change: unknown) => (asked.push(change), downgrades) };
  const change = { before: { size: 'm' }, after: { size: 's' }, reported: { front: '2.1.4' } };
  expect(checkUpgrade(engine, change)).toEqual([
    { field: 'values.front.image.tag', path: ['values', 'front', 'image', 'tag'], message: 'must be 2.1 or newer' },
  ]);
  expect(asked).toEqual([change]);
});
