import { expect, test } from 'vitest';
import type { KubeObject } from '../objects.ts';
import { fieldMatcher, labelMatcher } from './selectors.ts';

const object = {
  metadata: { name: 'x', labels: { app: 'web', tier: 'a' } },
  type: 'Warning',
  status: { phase: 'Running' },
} as unknown as KubeObject;

test.each([
  { selector: 'app=web', matches: true },
  { selector: 'app==web,tier in (a,b)', matches: true },
  { selector: 'app!=web', matches: false },
  { selector: 'missing!=x', matches: true },
  { selector: 'tier notin (a)', matches: false },
  { selector: 'app', matches: true },
  { selector: '!app', matches: false },
  { selector: '!missing,app', matches: true },
  { selector: '', matches: true },
])('label selector "$selector" matches: $matches', ({ selector, matches }) => {
  expect(labelMatcher(selector)(object)).toBe(matches);
});

test.each([
  { selector: 'type=Warning', matches: true },
  { selector: 'type!=Warning', matches: false },
  { selector: 'metadata.name=x,status.phase=Running', matches: true },
  { selector: 'status.phase=Pending', matches: false },
])('field selector "$selector" matches: $matches', ({ selector, matches }) => {
  expect(fieldMatcher(selector)(object)).toBe(matches);
});

test('rejects invalid selectors', () => {
  expect(() => labelMatcher('a in b c')).toThrow(/unable to parse/);
  expect(() => fieldMatcher('nothing')).toThrow(/invalid field selector/);
});
