import { describe, expect, test } from 'vitest';
import { MAX_EVENTS, newestFirst, type RawEvent, toOrderedEvent } from './events.ts';

const raw = (name: string, change: Partial<RawEvent> & { resourceVersion?: string } = {}): RawEvent => ({
  metadata: { name, uid: name, resourceVersion: change.resourceVersion ?? '1' },
  message: name,
  lastTimestamp: '2026-05-01T10:00:05Z',
  ...change,
});
const order = (...events: RawEvent[]): string[] =>
  newestFirst(events.map(toOrderedEvent)).map(({ message }) => message);

describe('the order of events', () => {
  test('is newest first', () => {
    expect(order(raw('early', { lastTimestamp: '2026-05-01T10:00:04Z', resourceVersion: '9' }), raw('late'))).toEqual([
      'late',
      'early',
    ]);
  });

  test('within a second follows the resource version, whatever order they come in', () => {
    const events = ['998', '1002', '1001'].map((resourceVersion) => raw(`at ${resourceVersion}`, { resourceVersion }));
    expect(order(...events)).toEqual(['at 1002', 'at 1001', 'at 998']);
    expect(order(...events.toReversed())).toEqual(['at 1002', 'at 1001', 'at 998']);
  });

  test('compares a time with a fraction to one without by the second', () => {
    const precise = raw('precise', { lastTimestamp: null, eventTime: '2026-05-01T10:00:05.100000Z' });
    expect(order(precise, raw('after it', { resourceVersion: '2' }))).toEqual(['after it', 'precise']);
    expect(order(raw('before it', { resourceVersion: '0' }), precise)).toEqual(['precise', 'before it']);
  });

  test('follows the name where nothing else differs', () => {
    expect(order(raw('a'), raw('b'))).toEqual(order(raw('b'), raw('a')));
  });
});

test('keeps the newest of too many', () => {
  const events = Array.from({ length: MAX_EVENTS + 1 }, (_, at) => raw(`${at}`, { resourceVersion: `${at}` }));
  expect(order(...events)).toHaveLength(MAX_EVENTS);
  expect(order(...events)[0]).toBe(`${MAX_EVENTS}`);
});
