import { expect, test } from 'vitest';
import type { KubeObject } from '../objects.ts';
import { fieldMatcher, labelMatcher } from './selectors.ts';

const object = {
  metadata: { name: 'x', labels: { app: 'web', tier: 'a' } },
  type: 'Warning',
  status: { phase: 'Running' },
} as unknown as KubeObject;

test.each([
  ['app=web', true],
  ['app==web,tier in (a,b)', true],
  ['app!=web', false],
  ['missing!=x', true],
  ['tier notin (a)', false],
  ['app', true],
  ['!app', false],
  ['!missing,app', true],
  ['', true],
])('labels %s: %s', (selector, matches) => {
  expect(labelMatcher(selector)(object)).toBe(matches);
});

test.each([
  ['type=Warning', true],
  ['type!=Warning', false],
  ['metadata.name=x,status.phase=Running', true],
  ['status.phase=Pending', false],
])('fields %s: %s', (selector, matches) => {
  expect(fieldMatcher(selector)(object)).toBe(matches);
});

test('nonsense is refused', () => {
  expect(() => labelMatcher('a in b c')).toThrow(/unable to parse/);
  expect(() => fieldMatcher('nothing')).toThrow(/invalid field selector/);
});
