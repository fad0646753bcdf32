import type { Store, StoreChange } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { type Batch, SubscriberQueue } from './subscriber-queue.ts';

const change = (seq: number, id: string, phase: Store['phase']): StoreChange => ({
  type: 'store',
  seq,
  store: { id, phase } as Store,
});
const removed = (seq: number, id: string): StoreChange => ({ type: 'removed', seq, id, name: id });

async function next(batches: AsyncGenerator<Batch>): Promise<string[] | 'overflowed'> {
  const { value } = (await batches.next()) as { value: Batch };
  if (value.overflowed) return 'overflowed';
  return value.changes.map((item) => `${item.seq}${item.type === 'store' ? item.store.phase : item.type}`);
}

function started(): { queue: SubscriberQueue; batches: AsyncGenerator<Batch>; abort: AbortController } {
  const abort = new AbortController();
  const queue = new SubscriberQueue(() => undefined);
  return { queue, batches: queue.batches(abort.signal), abort };
}

test('states of one phase merge into the newest; every phase stays, in order', async () => {
  const { queue, batches } = started();
  queue.push(change(1, 'a', 'Queued'));
  queue.push(change(2, 'a', 'Provisioning'));
  queue.push(change(3, 'b', 'Queued'));
  queue.push(change(4, 'a', 'Provisioning'));
  queue.push(change(5, 'a', 'Ready'));
  queue.push(change(6, 'a', 'Provisioning'));
  queue.push(removed(7, 'b'));
  expect(await next(batches)).toEqual(['1Queued', '3Queued', '4Provisioning', '5Ready', '6Provisioning', '7removed']);
});

test('a store that is made again under its id does not merge into the removed one', async () => {
  const { queue, batches } = started();
  queue.push(change(1, 'a', 'Queued'));
  queue.push(removed(2, 'a'));
  queue.push(change(3, 'a', 'Queued'));
  expect(await next(batches)).toEqual(['1Queued', '2removed', '3Queued']);
});

test('the first change of a quiet period comes at once, the next ones together', async () => {
  const { queue, batches } = started();
  const first = next(batches);
  queue.push(change(1, 'a', 'Queued'));
  expect(await first).toEqual(['1Queued']);
  const second = next(batches);
  queue.push(change(2, 'a', 'Provisioning'));
  await new Promise((resolve) => setTimeout(resolve, 10));
  queue.push(change(3, 'b', 'Queued'));
  expect(await second).toEqual(['2Provisioning', '3Queued']);
});

test('who falls too far behind is told so, costs no more, and can go on', async () => {
  const { queue, batches } = started();
  for (let seq = 1; seq <= 10_000; seq++) queue.push(change(seq, `s${seq}`, 'Queued'));
  expect(await next(batches)).toBe('overflowed');
  const after = next(batches);
  queue.push(change(10_001, 'a', 'Ready'));
  expect(await after).toEqual(['10001Ready']);
});

test('an abort and a close end it', async () => {
  const { batches, abort } = started();
  const waiting = batches.next();
  abort.abort();
  expect((await waiting).done).toBe(true);
  const other = started();
  const closing = other.batches.next();
  other.queue.close();
  expect((await closing).done).toBe(true);
});
