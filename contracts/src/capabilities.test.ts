import { describe, expect, test } from 'vitest';
import { canForceRemove, canRetry, hasNothingToRetry } from './capabilities.ts';
import type { Store } from './stores/store.ts';

interface Case {
  what: string;
  state: Pick<Store, 'phase' | 'reason'>;
  retry: boolean;
  force: boolean;
}

describe('capabilities', () => {
  test.each<Case>([
    { what: 'a Ready store', state: { phase: 'Ready' }, retry: false, force: false },
    { what: 'an adopted store', state: { phase: 'Ready', reason: 'Adopted' }, retry: true, force: false },
    { what: 'a store on its way', state: { phase: 'Provisioning' }, retry: false, force: false },
    { what: 'a store in trouble', state: { phase: 'Provisioning', reason: 'CrashLoop' }, retry: true, force: false },
    { what: 'a failed store', state: { phase: 'Failed', reason: 'SetupFailed' }, retry: true, force: false },
    { what: 'a store being deleted', state: { phase: 'Deleting' }, retry: false, force: false },
    { what: 'one held up', state: { phase: 'Deleting', reason: 'NamespaceTerminating' }, retry: false, force: true },
  ])('$what: retry $retry, force removal $force', ({ state, retry, force }) => {
    expect(canRetry(state)).toBe(retry);
    expect(canForceRemove(state)).toBe(force);
  });

  test('the server does nothing only where a retry has nothing to do', () => {
    expect(hasNothingToRetry({ phase: 'Ready' })).toBe(true);
    expect(hasNothingToRetry({ phase: 'Ready', reason: 'Adopted' })).toBe(false);
    expect(hasNothingToRetry({ phase: 'Provisioning' })).toBe(false);
  });
});
