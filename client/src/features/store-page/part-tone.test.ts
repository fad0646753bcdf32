import { type Claim, type Container, type Phase, type Pod, PHASES, type Store } from '@shopyard/contracts';
import { describe, expect, test } from 'vitest';
import { type Part, partTone } from './part-tone.ts';

const pod = (change: Partial<Pod> = {}): Part => ({
  kind: 'pod',
  part: { phase: 'Pending', ready: false, ...change } as Pod,
});
const container = (change: Partial<Container> = {}): Part => ({
  kind: 'container',
  part: { state: 'waiting', ready: false, ...change } as Container,
});
const volume = (change: Partial<Claim>): Part => ({ kind: 'volume', part: { terminating: false, ...change } as Claim });
const workload = (ready: boolean, failed = false): Part => ({
  kind: 'workload',
  part: { kind: 'Deployment', name: 'wordpress', component: 'wordpress', ready, failed },
});
const tone = (part: Part, phase: Phase, level: Store['attention']['level'] = 'working'): string =>
  partTone(part, { phase, attention: { level, since: '' } });

const HEALTHY_START: Part[] = [
  ...['PodInitializing', 'ContainerCreating', 'Unschedulable', undefined].flatMap((reason) => {
    const given = reason === undefined ? {} : { reason };
    return [pod(given), container(given)];
  }),
  pod({ phase: 'Running' }),
  pod({ phase: 'Running', ready: true }),
  pod({ phase: 'Succeeded', reason: 'Completed' }),
  pod({ phase: 'Running', reason: 'Terminating' }),
  container({ state: 'running' }),
  container({ state: 'terminated', exitCode: 0, reason: 'Completed' }),
  volume({ phase: 'Pending' }),
  volume({ phase: 'Bound' }),
  workload(false),
  workload(true),
];

describe.each(['Queued', 'Provisioning', 'Upgrading', 'Ready'] as const)('partTone in a %s store', (phase) => {
  test('colours no part of a healthy start or update red', () => {
    expect(HEALTHY_START.filter((part) => tone(part, phase) === 'bad')).toEqual([]);
  });

  test.each(['ImagePullBackOff', 'ErrImagePull', 'CrashLoopBackOff', 'OOMKilled', 'RunContainerError'])(
    'colours %s red',
    (reason) => expect([tone(pod({ reason }), phase), tone(container({ reason }), phase)]).toEqual(['bad', 'bad']),
  );
});

test('colours an unschedulable pod red once the server reports the store as stuck', () => {
  expect(tone(pod({ reason: 'Unschedulable' }), 'Provisioning', 'stuck')).toBe('bad');
});

const ENDING: Part[] = [
  pod({ reason: 'Terminating' }),
  pod({ phase: 'Failed', reason: 'Error' }),
  container({ state: 'terminated', exitCode: 143, reason: 'Error' }),
  container({ state: 'terminated', exitCode: 137, reason: 'OOMKilled' }),
  volume({ phase: 'Bound', terminating: true }),
  workload(false, true),
];

test.each(PHASES)(
  'colours failed parts and terminating volumes of a %s store red unless it is being deleted',
  (phase) => {
    const red = ENDING.map((part) => tone(part, phase) === 'bad');
    expect(red).toEqual(phase === 'Deleting' ? ENDING.map(() => false) : [false, true, true, true, true, true]);
  },
);
