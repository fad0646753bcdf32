/** Images whose containers need something that this machine lacks: their pods wait for it as for an image that is pulled. */
import type { RunningContainer } from '@shopyard/simulator/processes';
import { expect, onTestFinished, test } from 'vitest';
import { rawApi } from '../support/raw-api.ts';
import { startSimulator } from '../support/simulator.ts';

const PODS = '/api/v1/namespaces/default/pods';

interface Attempt {
  image: string;
  say: (progress: string) => void;
  done: () => void;
  fail: (why: string) => void;
}

interface Bench {
  /** What was asked to be brought, in order. */
  attempts: Attempt[];
  started: string[];
  create: (name: string, image: string) => Promise<unknown>;
  /** The state of a pod's container: why it waits, or that it runs. */
  stateOf: (name: string) => Promise<{ reason?: string; message?: string } | 'running' | undefined>;
  remove: (name: string) => Promise<unknown>;
}

async function bench(): Promise<Bench> {
  const [attempts, started]: [Attempt[], string[]] = [[], []];
  const simulator = await startSimulator({
    speed: 0,
    engines: [
      {
        options: {},
        engine: {
          simulated: [],
          createRuntime: () => ({
            start({ container }) {
              started.push(container.name);
              return {
                exited: new Promise(() => undefined),
                onReadiness: () => undefined,
                stop: () => undefined,
              } satisfies RunningContainer;
            },
            bring(image, say) {
              if (!image.startsWith('needy')) return undefined;
              const { promise, resolve, reject } = Promise.withResolvers<void>();
              attempts.push({ image, say, done: resolve, fail: (why) => reject(new Error(why)) });
              return promise;
            },
          }),
        },
      },
    ],
  });
  onTestFinished(() => simulator.close());
  const api = rawApi(simulator.kubeconfig);
  return {
    attempts,
    started,
    create(name, image) {
      const spec = { containers: [{ name, image }] };
      return api({ method: 'POST', path: PODS, body: { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec } });
    },
    async stateOf(name) {
      const { json } = await api({ path: `${PODS}/${name}` });
      const { status } = json as {
        status?: { containerStatuses?: { state: { waiting?: object; running?: object } }[] };
      };
      const state = status?.containerStatuses?.[0]?.state;
      return state?.running ? 'running' : state?.waiting;
    },
    remove: (name) => api({ method: 'DELETE', path: `${PODS}/${name}?gracePeriodSeconds=0` }),
  };
}

test('tell how far it is while they wait, and start once it is there', async () => {
  const { attempts, started, create, stateOf } = await bench();
  await create('one', 'needy:1');
  await expect.poll(() => attempts.length).toBe(1);
  attempts[0]?.say('packages: 300 of 1065');
  await expect.poll(() => stateOf('one')).toEqual({ reason: 'ContainerCreating', message: 'packages: 300 of 1065' });
  expect(started).toEqual([]);
  attempts[0]?.done();
  await expect.poll(() => stateOf('one')).toBe('running');
  expect(started).toEqual(['one']);
});

test('say why it can not be had, and are tried again', async () => {
  const { attempts, create, stateOf } = await bench();
  await create('one', 'needy:1');
  await expect.poll(() => attempts.length).toBe(1);
  attempts[0]?.fail('the disk is full. Free 1 GB, then retry.');
  await expect
    .poll(async () => JSON.stringify(await stateOf('one')))
    .toContain('the disk is full. Free 1 GB, then retry.');
  await expect.poll(() => attempts.length).toBe(2);
  attempts[1]?.done();
  await expect.poll(() => stateOf('one')).toBe('running');
});

test('leave others alone, and a pod that is deleted meanwhile', async () => {
  const { attempts, started, create, stateOf, remove } = await bench();
  await create('other', 'plain:1');
  await expect.poll(() => stateOf('other')).toBe('running');
  await create('one', 'needy:1');
  await expect.poll(() => attempts.length).toBe(1);
  await remove('one');
  attempts[0]?.say('packages: 300 of 1065');
  attempts[0]?.done();
  await create('two', 'needy:1');
  await expect.poll(() => attempts.length).toBe(2);
  attempts[1]?.done();
  await expect.poll(() => stateOf('two')).toBe('running');
  expect(started).toEqual(['other', 'two']);
});
