import type { StoreChange, StoresUpdate } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { eventEncoder } from './encode-events.ts';

const removed = (seq: number): StoreChange => ({ seq, type: 'removed', id: `st_${seq}`, name: 'a "quoted" näme' });
const message = (id: number | string, eventId: string, data: StoresUpdate): object => ({
  id,
  jsonrpc: '2.0',
  result: { type: 'data', id: eventId, data: { id: eventId, data } },
});
const textOf = (encoded: string | Uint8Array): string => Buffer.from(encoded as Uint8Array).toString('utf8');

test("encodes events as JSON under each subscriber's own id", () => {
  const changes: StoresUpdate = { type: 'changes', changes: [removed(1), removed(2)] };
  const snapshot = { type: 'snapshot', stores: [], platform: { version: '1' } } as unknown as StoresUpdate;
  for (const data of [changes, snapshot])
    for (const id of [1, 'two', 1])
      for (const eventId of ['run:2', 'run:3']) {
        const wanted = message(id, eventId, data);
        expect(JSON.parse(textOf(eventEncoder.encode(wanted)))).toEqual(wanted);
      }
});

test('returns the same bytes for the same message to many subscribers', () => {
  const changes: StoresUpdate = { type: 'changes', changes: [removed(1)] };
  const first = eventEncoder.encode(message(1, 'run:1', changes));
  expect(eventEncoder.encode(message(1, 'run:1', changes))).toBe(first);
  expect(eventEncoder.encode(message(2, 'run:1', changes))).not.toBe(first);
});

test('encodes any other message as plain JSON', () => {
  for (const other of [
    { id: 1, jsonrpc: '2.0', result: { type: 'started' } },
    { id: 1, result: { type: 'data', id: 'x', data: { id: 'x', data: { type: 'detail', store: {} } } } },
    { id: null, error: { code: -32600 } },
    { method: 'reconnect' },
  ])
    expect(eventEncoder.encode(other)).toBe(JSON.stringify(other));
});
