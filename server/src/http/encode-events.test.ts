import type { StoreChange } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { eventEncoder } from './encode-events.ts';

const removed = (seq: number): StoreChange => ({ seq, type: 'removed', id: `st_${seq}`, name: 'a "quoted" name' });
const event = (id: number | string, changes: StoreChange[]): object => ({
  id,
  jsonrpc: '2.0',
  result: { type: 'data', id: 'run:2', data: { id: 'run:2', data: { type: 'changes', changes } } },
});

test('changes are written as JSON writes them, for each subscriber under its own id', () => {
  const changes = [removed(1), removed(2)];
  for (const id of [1, 'two', 1]) {
    const message = event(id, changes);
    expect(JSON.parse(eventEncoder.encode(message) as string)).toEqual(message);
  }
});

test('a message of another kind is written as it is', () => {
  for (const message of [
    { id: 1, jsonrpc: '2.0', result: { type: 'started' } },
    { id: 1, result: { type: 'data', id: 'x', data: { id: 'x', data: { type: 'snapshot', stores: [] } } } },
    { id: null, error: { code: -32600 } },
    { method: 'reconnect' },
  ])
    expect(eventEncoder.encode(message)).toBe(JSON.stringify(message));
});
