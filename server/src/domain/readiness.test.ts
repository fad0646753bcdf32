import { expect, test } from 'vitest';
import type { StoreObservation } from './observation.ts';
import { isSetUp } from './readiness.ts';
import { readyView, WOOCOMMERCE } from './testing.ts';

test.each([
  { name: 'its own is complete', jobs: ['setup-1 complete'], setUp: true },
  { name: 'its own still runs', jobs: ['setup-1 running'], setUp: false },
  { name: 'its own failed', jobs: ['setup-1 failed'], setUp: false },
  {
    name: 'its own is complete, and one of a failed revision runs for ever',
    jobs: ['setup-1 complete', 'setup-2 running'],
    setUp: true,
  },
  { name: 'its own is gone', jobs: [], setUp: true },
  { name: 'only cron jobs are there', jobs: ['cron-1 running'], setUp: true },
])('a revision is set up or not: $name', ({ jobs: texts, setUp }) => {
  const jobs = texts.map((text): StoreObservation['jobs'][number] => {
    const [name = '', word = ''] = text.split(' ');
    const state = word === 'running' || word === 'complete' ? word : 'failed';
    return { storeId: 'st_1', namespace: 'store-alpha', name, component: name.split('-')[0] ?? '', state, message: '' };
  });
  expect(isSetUp(readyView({ jobs }), WOOCOMMERCE)).toBe(setUp);
});
