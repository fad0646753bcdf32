import type { Container, Pod } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { MAX_FOLLOWED, toFollowed, toKubectl, toSources } from './log-sources.ts';

const container = (name: string, change: Partial<Container> = {}): Container => ({
  name,
  init: false,
  ready: true,
  restarts: 0,
  state: 'running',
  ...change,
});
const pod = (name: string, createdAt: string, containers: Container[]): Pod => ({
  name,
  component: name,
  phase: 'Running',
  ready: true,
  restarts: 0,
  createdAt,
  containers,
});

test('lists running containers first, then crashed, finished and init containers, newer pods first', () => {
  const ended = { state: 'terminated', exitCode: 0 } as const;
  const sources = toSources([
    pod('old', '2026-01-01', [container('web'), container('copy', { ...ended, init: true })]),
    pod('job', '2026-01-02', [container('task', ended)]),
    pod('new', '2026-01-03', [container('web', { restarts: 2 }), container('db', { state: 'waiting', exitCode: 1 })]),
  ]);
  expect(sources.map(({ key }) => key)).toEqual(['new/web/2', 'old/web/0', 'new/db/0', 'job/task/0', 'old/copy/0']);
  expect(sources.map(({ label }) => label)).toEqual(['new/web', 'old/web', 'db', 'task', 'copy']);
});

test('gives a container the same colour whether it runs or has ended', () => {
  const colours = (change: Partial<Container>): Record<string, number> => {
    const sources = toSources([pod('p', '', [container('a', change), container('b')])]);
    return Object.fromEntries(sources.map(({ label, colour }) => [label, colour]));
  };
  expect(colours({ state: 'terminated', exitCode: 0 })).toEqual(colours({}));
});

test('follows a few at once, and the next ones when some have ended', () => {
  const sources = toSources([
    pod(
      'p',
      '',
      Array.from({ length: 9 }, (_, index) => container(`c${index}`)),
    ),
  ]);
  expect(toFollowed(sources, new Set())).toHaveLength(MAX_FOLLOWED);
  const ended = new Set(sources.slice(0, 4).map(({ key }) => key));
  expect(toFollowed(sources, ended).map(({ label }) => label)).toEqual(['c4', 'c5', 'c6', 'c7', 'c8']);
});

test('writes a kubectl command for each container', () => {
  const sources = toSources([pod('p', '', [container('a'), container('b')])]);
  expect(toKubectl(sources, { namespace: 'store-x', previous: false })).toBe(
    'kubectl logs -n store-x p -c a --timestamps\nkubectl logs -n store-x p -c b --timestamps',
  );
  expect(toKubectl(sources.slice(0, 1), { namespace: 'n', previous: true, since: '2026-01-01T00:00:00Z' })).toBe(
    'kubectl logs -n n p -c a --timestamps --previous --since-time=2026-01-01T00:00:00Z',
  );
});
