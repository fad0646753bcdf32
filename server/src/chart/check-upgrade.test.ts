import { expect, test } from 'vitest';
import { createUpgradeCheck } from './check-upgrade.ts';
import { overlay } from './check-values.ts';

const downgrades = [{ path: ['front', 'image', 'tag'], message: 'must be 2.1 or newer' }];

test('asks the engine about effective values and what was reported, and rejects by field', () => {
  const asked: unknown[] = [];
  const engine = { downgrades: (change: unknown) => (asked.push(change), downgrades) };
  const check = createUpgradeCheck(engine, (own) => overlay({ size: 's', front: { image: { tag: '2.1' } } }, own));
  const issues = check({ size: 'm' }, { front: { image: { tag: '2.0' } } }, { front: '2.1.4' });
  expect(issues).toEqual([
    { field: 'values.front.image.tag', path: ['values', 'front', 'image', 'tag'], message: 'must be 2.1 or newer' },
  ]);
  expect(asked).toEqual([
    {
      before: { size: 'm', front: { image: { tag: '2.1' } } },
      after: { size: 's', front: { image: { tag: '2.0' } } },
      reported: { front: '2.1.4' },
    },
  ]);
});
