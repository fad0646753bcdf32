import type { HistoryEntry, KubeEvent } from '@shopyard/contracts';
import { describe, expect, test } from 'vitest';
import { filterActivity, FILTERS, searchActivity } from './filter-activity.ts';
import { mergeActivity } from './merge-activity.ts';

const at = (second: number): string => `2026-11-26T07:00:${String(second).padStart(2, '0')}.000Z`;
const entry = (seq: number, change: Partial<HistoryEntry>): HistoryEntry => ({
  seq,
  at: at(seq),
  kind: 'action',
  actor: 'reconciler',
  what: 'repair',
  message: 'repair of Service/web in 2 s',
  ...change,
});
const event = (second: number, change: Partial<KubeEvent> = {}): KubeEvent => ({
  at: `2026-11-26T07:00:${String(second).padStart(2, '0')}Z`,
  type: 'Normal',
  reason: 'Pulled',
  object: 'Pod/web-1',
  message: 'Image pulled.',
  count: 1,
  ...change,
});
const titles = (...all: Parameters<typeof mergeActivity>): string[] => mergeActivity(...all).map(({ title }) => title);

describe('mergeActivity', () => {
  test('calls a suspension and a resume what they are', () => {
    const history = [
      entry(1, { kind: 'phase', what: 'Upgrading', reason: 'Suspending', message: 'Its pods end, as requested.' }),
      entry(2, { what: 'suspend', message: 'suspend (shop) in 0.1 s' }),
      entry(3, { what: 'suspend', message: 'suspend (database) in 0.0 s' }),
      entry(4, {
        kind: 'phase',
        what: 'Upgrading',
        reason: 'Resuming',
        message: 'Its pods start again, as requested.',
      }),
      entry(5, { what: 'resume', message: 'resume in 0.1 s' }),
    ];
    expect(titles(history, [])).toEqual([
      'Started database and shop in 0.1 s',
      'Resume started',
      'Stopped the database in 0.0 s',
      'Stopped the shop in 0.1 s',
      'Suspension started',
    ]);
  });

  test('lists history and cluster events together, newest first', () => {
    const history = [
      entry(1, { kind: 'call', actor: 'ann', what: 'create', message: '' }),
      entry(3, { kind: 'phase', what: 'Ready', message: '' }),
    ];
    expect(titles(history, [event(4), event(2, { reason: 'Created' })])).toEqual([
      'Pulled Pod/web-1',
      'Became Ready',
      'Created Pod/web-1',
      'ann created the store',
    ]);
  });

  test('names the token of a program', () => {
    const history = [entry(1, { kind: 'call', actor: 'ann', tokenId: 'k3yk3yk3', what: 'retry', message: '' })];
    expect(titles(history, [])).toEqual(['ann retried (token k3yk3yk3)']);
  });

  test('keeps the order of entries of the same time, the later one first', () => {
    const history = [
      entry(1, { at: at(1), kind: 'condition', what: 'DatabaseReady', message: '' }),
      entry(2, { at: at(1), kind: 'phase', what: 'Ready', message: '' }),
    ];
    expect(titles(history, [])).toEqual(['Became Ready', 'Database ready']);
  });

  test('folds entries in a row that say the same, even with events between them', () => {
    const merged = mergeActivity(
      [entry(1, {}), entry(5, {}), entry(6, { message: 'repair of Job/x in 1 s' })],
      [event(3)],
    );
    expect(merged.map(({ at, title, count }) => [at, title, count])).toEqual([
      [at(6), 'Repaired Job/x in 1 s', 1],
      [at(5), 'Repaired Service/web in 2 s', 2],
      ['2026-11-26T07:00:03Z', 'Pulled Pod/web-1', 1],
    ]);
  });

  test('keeps entries apart that repeat after something else', () => {
    const [ready, failed] = [{ kind: 'phase', what: 'Ready' } as const, { kind: 'phase', what: 'Failed' } as const];
    expect(mergeActivity([entry(1, ready), entry(2, failed), entry(3, ready)], [])).toHaveLength(3);
  });

  test('folds equal events, adding up their counts, with the time of the latest', () => {
    const merged = mergeActivity(
      [],
      [event(2, { count: 3 }), event(9, { count: 4 }), event(5, { object: 'Pod/web-2' })],
    );
    expect(merged.map(({ at, count }) => [at.slice(17, 19), count])).toEqual([
      ['09', 7],
      ['05', 1],
    ]);
  });

  test('leaves out codes that say no more than the title', () => {
    const met = { kind: 'condition', what: 'DatabaseReady' } as const;
    const details = [entry(1, { ...met, message: 'Running' }), entry(2, { ...met, message: 'It took 5 s.' })];
    expect(mergeActivity(details, []).map(({ detail }) => detail)).toEqual(['It took 5 s.', '']);
  });

  test('tells what a check found apart from the check', () => {
    const checked = entry(1, { what: 'verify', message: 'verify (Sample Mug can be ordered) in 2.8 s' });
    expect(mergeActivity([checked], [])).toMatchObject([
      { title: 'Checked the shop in 2.8 s', detail: 'Sample Mug can be ordered.' },
    ]);
  });

  test('says what people did, also if it is not known here', () => {
    const call = { kind: 'call', actor: 'ann', message: 'from b' } as const;
    expect(titles([entry(1, { ...call, what: 'credentials' }), entry(2, { ...call, what: 'paint' })], [])).toEqual([
      'ann called paint',
      'ann viewed the admin login',
    ]);
  });
});

describe('filters', () => {
  const all = mergeActivity(
    [
      entry(1, { kind: 'call', actor: 'ann', what: 'retry', message: '' }),
      entry(2, { kind: 'phase', what: 'Failed', message: 'The image does not exist.' }),
      entry(3, { kind: 'attention', what: 'broken', message: '' }),
      entry(4, {}),
    ],
    [event(5), event(6, { type: 'Warning', reason: 'BackOff' })],
  );

  test.each([
    { filter: '', count: 6 },
    { filter: 'people', count: 1 },
    { filter: 'store', count: 3 },
    { filter: 'events', count: 2 },
    { filter: 'warnings', count: 3 },
    { filter: 'unknown', count: 6 },
  ])('"$filter" shows $count', ({ filter, count }) => {
    expect(filterActivity(all, filter)).toHaveLength(count);
    expect(FILTERS.some(({ key }) => key === filter) || filter === 'unknown').toBe(true);
  });

  test('searches title and detail, ignoring case', () => {
    expect(searchActivity(all, ' IMAGE does ').map(({ title }) => title)).toEqual(['Failed']);
    expect(searchActivity(all, 'backoff')).toHaveLength(1);
    expect(searchActivity(all, '')).toHaveLength(6);
  });
});
