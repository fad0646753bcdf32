import { expect, test } from 'vitest';
import type { ObservedPod } from './observation.ts';
import { EMPTY_VIEW, setupPod, WOOCOMMERCE } from './testing.ts';
import { reportedVersions } from './versions.ts';

const REPORT = { woocommerce: '11.0.1', wordpress: '7.1', mariadb: '11.8.3' };
const message = JSON.stringify(REPORT);

const reported = (...pods: ObservedPod[]): unknown => reportedVersions({ ...EMPTY_VIEW, pods }, WOOCOMMERCE);

test('reads what the setup reports', () => {
  expect(reported(setupPod({ message }))).toEqual(REPORT);
});

test('takes the report of the newest setup', () => {
  const newer = setupPod({ message: '{"woocommerce":"11.1.0"}', createdAt: '2' });
  expect(reported(newer, setupPod({ message }))).toEqual({ woocommerce: '11.1.0' });
});

test.each([
  { name: 'a setup that failed', pod: setupPod({ message, exitCode: 1 }) },
  { name: 'a log in place of a report', pod: setupPod({ message: 'setup: done' }) },
  { name: 'no message', pod: setupPod({ message: '' }) },
  { name: 'JSON of another form', pod: setupPod({ message: '"11.0.1"' }) },
  { name: 'a pod that serves', pod: setupPod({ message, component: 'wordpress' }) },
])('reads nothing from $name', ({ pod }) => {
  expect(reported(pod)).toBeUndefined();
});

test('leaves out what is unknown, no text, or no version', () => {
  const mixed = JSON.stringify({ ...REPORT, other: '1', wordpress: 7.1, mariadb: '11.8 <b>' });
  expect(reported(setupPod({ message: mixed }))).toEqual({ woocommerce: '11.0.1' });
});
