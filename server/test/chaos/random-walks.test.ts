/**
 * Random walks: creates, deletions, updates, retries, suspensions, drift, faults and crashes in any order; afterwards every store
 * reaches its desired state. WALKS sets the count, SEED repeats a run, WALK_PATH one walk that fast-check names.
 */
import { temporaryDir } from '@shopyard/testkit';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Walk } from '../support/walk.ts';

const WALKS = Number(process.env['WALKS'] ?? 20);
const SEED = Number(process.env['SEED'] ?? Date.now() % 2_000_000_000);
const PATH = process.env['WALK_PATH'] === undefined ? {} : { path: process.env['WALK_PATH'] };
const STORES = ['ann', 'bob', 'cy1'];
const DRIFT = [
  '/apis/apps/v1/namespaces/NS/deployments/wordpress',
  '/apis/apps/v1/namespaces/NS/statefulsets/mariadb',
  '/api/v1/namespaces/NS/services/wordpress',
  '/api/v1/namespaces/NS/configmaps/setup',
  '/api/v1/namespaces/NS/pods/mariadb-0',
  '/api/v1/namespaces/NS/configmaps?labelSelector=owner%3Dhelm',
  '/api/v1/namespaces/NS/secrets/store-credentials',
  '/api/v1/namespaces/NS/persistentvolumeclaims/wordpress-content',
  '/api/v1/namespaces/NS',
] as const;

type Step =
  | { do: 'create' | 'remove' | 'retry' | 'update' | 'suspend' | 'resume'; store: string }
  | { do: 'drift'; store: string; path: string }
  | { do: 'fault'; kind: 'refuse' | 'hang' | 'silence' | 'replay' | 'gone-in-stream' }
  | { do: 'crash' }
  | { do: 'wait'; ms: number }
  | { do: 'rest' };

const store = fc.constantFrom(...STORES);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('create' as const), store }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('remove', 'retry', 'update'), store }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('suspend', 'resume'), store }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('drift' as const), store, path: fc.constantFrom(...DRIFT) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      kind: fc.constantFrom('refuse', 'hang', 'silence', 'replay', 'gone-in-stream'),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'crash' }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 60 }) }) },
  // Actions on a Ready store exercise other code than actions on one in progress.
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'rest' }) },
);

const dir = temporaryDir();
const walk = new Walk(dir.path);
let walked = 0;
beforeAll(() => walk.open());
afterAll(async () => {
  await walk.close();
  dir[Symbol.dispose]();
});

test(
  'every store reaches its desired state after any sequence of events',
  async () => {
    process.stderr.write(`Random walks: ${WALKS}, SEED=${SEED}.\n`);
    const property = fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      walked += 1;
      walk.begin();
      const present = new Set<string>();
      const absent = new Set<string>();
      for (const one of steps) await take(one, { present, absent });
      const wrong = await walk.settle(present, absent);
      // The next walk starts from an empty cluster.
      for (const name of present) await walk.call(name, 'remove');
      const left = await walk.settle(new Set(), new Set(STORES));
      expect([...wrong, ...left]).toEqual([]);
    });
    await fc.assert(property, { numRuns: WALKS, seed: SEED, ...PATH, endOnFailure: true });
    process.stderr.write(`Random walks done: ${walked}, divergences: 0.\n`);
  },
  30 * 60_000,
);

/** A create is refused while the store of that name is being deleted; the deletion continues. */
async function take(one: Step, { present, absent }: { present: Set<string>; absent: Set<string> }): Promise<void> {
  switch (one.do) {
    case 'create':
      if (absent.has(one.store)) return;
      await walk.create(one.store);
      return void present.add(one.store);
    case 'remove':
      if (!present.delete(one.store)) return;
      await walk.call(one.store, 'remove');
      return void absent.add(one.store);
    case 'retry':
    case 'update':
    case 'suspend':
    case 'resume':
      return void (present.has(one.store) && (await walk.call(one.store, one.do)));
    case 'drift':
      return walk.drift(one.store, one.path);
    case 'fault':
      return walk.fault(one.kind);
    case 'crash':
      return walk.crash();
    case 'rest':
      return walk.rest(present);
    case 'wait':
      return void (await new Promise((resolve) => setTimeout(resolve, one.ms)));
  }
}
