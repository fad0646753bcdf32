import type { Platform, Store, StoreChange, StoresUpdate } from '@shopyard/contracts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Hub } from './hub.ts';
import { LiveStores } from './live-stores.ts';

const WINDOW_MS = 50;
const store = (id: string, phase: Store['phase']): Store => ({ id, phase, name: id }) as Store;
const platform: Platform = { version: '1', storeUrl: '', engines: [], cluster: { kind: 'embedded', synced: true } };
const forever = new AbortController().signal;
const changesOf = (event: StoresUpdate | undefined): StoreChange[] | undefined =>
  event?.type === 'changes' ? event.changes : undefined;
const seqsOf = (event: StoresUpdate | undefined): number[] | undefined => changesOf(event)?.map(({ seq }) => seq);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function published(...ids: string[]): Hub {
  const hub = new Hub();
  for (const id of ids) hub.publish({ type: 'store', store: store(id, 'Queued') });
  return hub;
}

test('resumes after a known id; rejects ids from another run or from the future', async () => {
  const hub = published('a', 'b', 'c');
  await Promise.resolve();
  expect(hub.parseCursor(hub.idAt(1))).toBe(1);
  expect(seqsOf(hub.batchAfter(1))).toEqual([2, 3]);
  expect(seqsOf(hub.batchAfter(3))).toEqual([]);
  expect(hub.parseCursor('other:1')).toBeUndefined();
  expect(hub.parseCursor(hub.idAt(4))).toBeUndefined();
  expect(hub.parseCursor('nonsense')).toBeUndefined();
});

test('rejects a position older than the ring', async () => {
  const hub = published(...Array.from({ length: 4097 }, () => 'a'));
  await Promise.resolve();
  expect(hub.batchAfter(5)).toBeUndefined();
  expect(seqsOf(hub.batchAfter(4096))).toEqual([4097]);
  // The oldest position the ring still covers, and one before it.
  expect(seqsOf(hub.batchAfter(2048))).toEqual([4097]);
  expect(hub.batchAfter(2047)).toBeUndefined();
});

test('gives everyone at the same position the same event until the next flush', async () => {
  const hub = published('a', 'b');
  await Promise.resolve();
  const first = hub.batchAfter(0);
  expect(hub.batchAfter(0)).toBe(first);
  expect(hub.batchAfter(1)).not.toBe(first);
  hub.publish({ type: 'store', store: store('c', 'Queued') });
  expect(hub.batchAfter(0)).toBe(first);
  await vi.advanceTimersByTimeAsync(WINDOW_MS);
  expect(seqsOf(hub.batchAfter(0))).toEqual([1, 2, 3]);
  expect(seqsOf(hub.batchAfter(2))).toEqual([3]);
});

test('flushes the first change after a quiet period immediately and batches the rest', async () => {
  const hub = new Hub();
  using subscription = hub.subscribe(forever);
  const first = subscription.next(0);
  hub.publish({ type: 'store', store: store('a', 'Queued') });
  expect(await first).toBe(true);
  expect(hub.flushedSeq).toBe(1);
  let second: boolean | undefined;
  void subscription.next(1).then((more) => (second = more));
  hub.publish({ type: 'store', store: store('a', 'Ready') });
  await vi.advanceTimersByTimeAsync(WINDOW_MS - 1);
  hub.publish({ type: 'store', store: store('b', 'Queued') });
  expect(second).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(second).toBe(true);
  expect(seqsOf(hub.batchAfter(1))).toEqual([2, 3]);
});

test('does not wait if a change came while the subscriber was busy', async () => {
  const hub = published('a');
  await Promise.resolve();
  using subscription = hub.subscribe(forever);
  expect(await subscription.next(0)).toBe(true);
});

test('an abort ends the wait, and a disposed subscription no longer counts', async () => {
  const hub = new Hub();
  const abort = new AbortController();
  {
    using subscription = hub.subscribe(abort.signal);
    expect(hub.subscribers).toBe(1);
    const waiting = subscription.next(0);
    abort.abort();
    expect(await waiting).toBe(false);
    expect(await subscription.next(0)).toBe(false);
  }
  expect(hub.subscribers).toBe(0);
});

test('live stores publish only changes', async () => {
  const hub = new Hub();
  const liveStores = new LiveStores(hub, platform);
  liveStores.set(store('a', 'Queued'));
  liveStores.set(store('a', 'Queued'));
  liveStores.set(store('a', 'Ready'));
  liveStores.setPlatform({ ...platform });
  liveStores.remove('a');
  liveStores.remove('a');
  await Promise.resolve();
  expect(changesOf(hub.batchAfter(0))?.map(({ type }) => type)).toEqual(['store', 'store', 'removed']);
  expect(liveStores.list()).toEqual([]);
});

test('live stores build one snapshot per state', () => {
  const liveStores = new LiveStores(new Hub(), platform);
  liveStores.set(store('a', 'Queued'));
  const snapshot = liveStores.snapshot();
  expect(liveStores.snapshot()).toBe(snapshot);
  expect(snapshot).toEqual({ type: 'snapshot', stores: [store('a', 'Queued')], platform });
  liveStores.set(store('a', 'Ready'));
  expect(liveStores.snapshot()).toEqual({ type: 'snapshot', stores: [store('a', 'Ready')], platform });
});

test('does not wake a subscriber for changes that its snapshot already contains', async () => {
  const hub = published('a');
  await Promise.resolve();
  hub.publish({ type: 'store', store: store('b', 'Queued') });
  using subscription = hub.subscribe(forever);
  let more: boolean | undefined;
  // A snapshot holds the change that is not flushed yet.
  void subscription.next(hub.seq).then((woken) => (more = woken));
  await vi.advanceTimersByTimeAsync(WINDOW_MS);
  expect(hub.flushedSeq).toBe(2);
  expect(more).toBeUndefined();
  hub.publish({ type: 'store', store: store('c', 'Queued') });
  await vi.advanceTimersByTimeAsync(WINDOW_MS);
  expect(more).toBe(true);
  expect(seqsOf(hub.batchAfter(2))).toEqual([3]);
});
