import { expect, test } from 'vitest';
import { type RevisionVerdict, toVerdict } from './revision.ts';
import type { StoreRecord, StoreStatus } from './store.ts';
import { readySituation, readyStore, readyView } from './testing.ts';

const at = '2026-02-02T00:00:00.000Z';
const updating = { phase: 'Upgrading', verifiedRevision: 0 } as const;
const failed = { ...readyStore(), ...updating, phase: 'Failed' } as const;

interface Case {
  before: Partial<StoreRecord>;
  status: StoreStatus;
  verdict: RevisionVerdict | undefined;
}

test.each<[string, Case]>([
  [
    'a shop that was seen to work with the release of this generation',
    { before: updating, status: readyStore(), verdict: { outcome: 'verified', at, helmRevision: 1 } },
  ],
  [
    'a store that fails with its release, and one that fails before',
    { before: updating, status: failed, verdict: { outcome: 'failed', at, helmRevision: 1 } },
  ],
  [
    'a failure before there is a release of this generation',
    { before: { ...updating, generation: 2 }, status: failed, verdict: { outcome: 'failed', at } },
  ],
  ['a status without news', { before: {}, status: readyStore(), verdict: undefined }],
  ['a store that is still on its way', { before: {}, status: { ...readyStore(), ...updating }, verdict: undefined }],
  [
    'a check of the release before, which ended after the next change',
    { before: { ...updating, generation: 2 }, status: readyStore(), verdict: undefined },
  ],
])('the verdict on %s', (_title, { before, status, verdict }) => {
  expect(toVerdict(readySituation({ store: readyStore(before), view: readyView() }), status)).toEqual(verdict);
});
