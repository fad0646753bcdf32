import { storeProfileSchema } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { parseLabels } from './parse-labels.ts';

test('reads names and values, however they are separated', () => {
  expect(parseLabels('team=shops, season: summer;tier=gold\n')).toEqual({
    labels: { team: 'shops', season: 'summer', tier: 'gold' },
    problems: [],
  });
  expect(parseLabels(' ')).toEqual({ labels: {}, problems: [] });
});

test('reports every pair that is wrong', () => {
  expect(parseLabels('team, a=b c, team=x, team=y').problems).toEqual([
    '"team": write a name and a value, such as team=shops',
    expect.stringMatching(/^"a=b c": use at most 63 letters/),
    '"team" is given twice',
  ]);
  expect(parseLabels(Array.from({ length: 33 }, (_, n) => `l${n}=x`).join()).problems).toEqual([
    'use at most 32 labels',
  ]);
});

test('refuses what the server would refuse', () => {
  for (const value of ['-a', 'a-', 'ä', 'a'.repeat(64), '']) {
    expect(storeProfileSchema.safeParse({ labels: { team: value } }).success, value).toBe(false);
    expect(parseLabels(`team=${value}`).problems, value).toHaveLength(1);
  }
});
