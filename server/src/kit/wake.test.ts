import { expect, test } from 'vitest';
import { Wake } from './wake.ts';

function recording(): { calls: string[]; queue: { add(key: string): void; interrupt(key: string): void } } {
  const calls: string[] = [];
  return {
    calls,
    queue: { add: (key) => calls.push(`add ${key}`), interrupt: (key) => calls.push(`interrupt ${key}`) },
  };
}

test('keeps keys until a queue is connected, each once, and an interrupt outweighs an add', () => {
  const wake = new Wake();
  const { calls, queue } = recording();
  for (const key of ['a', 'b', 'a']) wake.add(key);
  wake.interrupt('b');
  wake.add('b');
  expect(calls).toEqual([]);
  wake.connect(queue);
  expect(calls).toEqual(['add a', 'interrupt b']);
  wake.add('c');
  wake.interrupt('a');
  expect(calls.slice(2)).toEqual(['add c', 'interrupt a']);
});

test('takes one queue', () => {
  const wake = new Wake();
  wake.connect(recording().queue);
  expect(() => wake.connect(recording().queue)).toThrow('has its queue already');
});
