import { expect, test } from 'vitest';
import { overviewOf, type PhaseChange } from './overview.ts';

const HOUR = 3_600_000;
const at = (minutes: number): string => new Date(minutes * 60_000).toISOString();
const change = (storeId: string, minutes: number, phase: string, reason: string | null = null): PhaseChange => ({
  storeId,
  at: at(minutes),
  phase,
  reason,
});

test('counts stores per phase over time, including older stores and deleted ones', () => {
  const changes = [
    change('old', -30, 'Ready'),
    change('a', 5, 'Queued'),
    change('a', 10, 'Ready'),
    change('old', 20, 'Deleting'),
    change('old', 30, 'deleted'),
    change('a', 40, 'Failed', 'ImageNotFound'),
  ];
  const { times, phases } = overviewOf({ begins: undefined, changes, ready: [], raised: [] }, 0, HOUR);
  const line = (phase: string): number[] | undefined => phases.find((entry) => entry.phase === phase)?.counts;
  const point = (minutes: number): number => times.findIndex((time) => time >= minutes * 60);
  expect(times).toHaveLength(72);
  expect(times.at(-1)).toBe(3600);
  expect(line('Ready')?.[0]).toBe(1);
  expect(line('Queued')?.[point(6)]).toBe(1);
  expect(line('Ready')?.[point(12)]).toBe(2);
  expect(line('Deleting')?.[point(25)]).toBe(1);
  expect([line('Ready')?.at(-1), line('Failed')?.at(-1), line('Deleting')?.at(-1)]).toEqual([0, 1, 0]);
  expect(line('Upgrading')).toBeUndefined();
});

test('counts by reason how often stores started to need attention', () => {
  const raised = ['ImageNotFound', 'CrashLoop', 'ImageNotFound', null].map((reason) => ({ reason }));
  expect(overviewOf({ begins: undefined, changes: [], ready: [], raised }, 0, HOUR).failures).toEqual([
    { reason: 'ImageNotFound', count: 2 },
    { reason: 'CrashLoop', count: 1 },
    { reason: 'Unknown', count: 1 },
  ]);
});

test('computes provisioning times by nearest rank, overall and over time', () => {
  const ready = [10, 20, 30, 40].map((seconds, index) => ({ at: at(index * 10 + 1), seconds }));
  const { provisioning } = overviewOf({ begins: undefined, changes: [], ready, raised: [] }, 0, HOUR);
  expect(provisioning).toMatchObject({ count: 4, p50: 20, p95: 40 });
  expect(provisioning.medians.filter((value) => value !== null)).toEqual([10, 20, 30, 40]);
  expect(overviewOf({ begins: undefined, changes: [], ready: [], raised: [] }, 0, HOUR).provisioning).toMatchObject({
    count: 0,
    p50: null,
  });
});
