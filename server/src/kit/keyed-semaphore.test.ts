import { expect, test } from 'vitest';
import { HelmSlots } from './keyed-semaphore.ts';

test('slots go out in request order and stay reserved for the next key', () => {
  const called: string[] = [];
  const slots = new HelmSlots(1, (key) => called.push(key));
  const first = slots.take('a');
  expect(slots.take('b')).toBeUndefined();
  expect(slots.take('c')).toBeUndefined();
  expect(slots.take('b')).toBeUndefined();
  first?.release();
  expect(called).toEqual(['b']);
  expect(slots.take('c')).toBeUndefined();
  slots.take('b')?.release();
  expect(called).toEqual(['b', 'c']);
});

test('a key that withdraws passes its turn to the next', () => {
  const called: string[] = [];
  const slots = new HelmSlots(1, (key) => called.push(key));
  const first = slots.take('a');
  slots.take('b');
  slots.take('c');
  slots.withdraw('b');
  first?.release();
  expect(called).toEqual(['c']);
  slots.withdraw('c');
  expect(slots.take('d')).toBeDefined();
});

test('releasing twice frees one slot', () => {
  const slots = new HelmSlots(1, () => undefined);
  const slot = slots.take('a');
  slot?.release();
  slot?.release();
  expect(slots.take('b')).toBeDefined();
  expect(slots.take('c')).toBeUndefined();
});
