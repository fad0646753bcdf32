/** Live cluster data of the store page: resources, events, release, logs. */
import { beforeAll, expect, test } from 'vitest';
import type { LogEvent, Store, StoreParts } from '@shopyard/contracts';
import { useSuite } from '../support/suite.ts';
import { PATIENCE_MS, PLAIN, uniqueName } from '../support/test-cluster.ts';

const suite = useSuite();
let store: Store;
let parts: StoreParts;

beforeAll(async () => {
  store = await suite.create(uniqueName('inspect'), PLAIN);
  await suite.stores.phase(store.name, 'Ready', PATIENCE_MS);
  parts = await new Promise<StoreParts>((resolve, reject) => {
    const watching = suite.api.trpc.stores.watchOne.subscribe(
      { id: store.id },
      {
        onData({ data }) {
          if (data.type !== 'detail') return;
          watching.unsubscribe();
          resolve(data);
        },
        onError: reject,
      },
    );
  });
}, PATIENCE_MS);

const podOf = (component: string): string => parts.pods.find((pod) => pod.component === component)?.name ?? '';

test('shows workloads, pods, containers and volumes', () => {
  const shown = parts.workloads.map(({ kind, name, ready }) => `${kind}/${name} ${ready}`);
  expect(shown).toEqual(
    expect.arrayContaining(['Deployment/wordpress true', 'StatefulSet/mariadb true', 'Job/setup-1 true']),
  );
  const wordpress = parts.pods.find(({ component }) => component === 'wordpress');
  expect(wordpress?.containers.find(({ name }) => name === 'wordpress')).toMatchObject({
    init: false,
    ready: true,
    restarts: 0,
    state: 'running',
  });
  expect(parts.claims.map(({ name, phase, capacity }) => `${name} ${phase} ${capacity}`).toSorted()).toEqual([
    'data-mariadb-0 Bound 2Gi',
    'wordpress-content Bound 2Gi',
  ]);
});

test('shows events', async () => {
  const { events } = await suite.api.trpc.stores.events.query({ id: store.id });
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'Normal', reason: 'Started', object: `Pod/${podOf('wordpress')}` }),
  );
  // Within a second it is the resource version that decides.
  const seconds = events.map(({ at }) => at.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length));
  expect(seconds).toEqual(seconds.toSorted().toReversed());
});

test('shows values and manifest without passwords', async () => {
  const { values, manifest } = await suite.api.trpc.stores.release.query({ id: store.id });
  expect(values).toContain(`url: ${store.url}`);
  expect(manifest).toContain('kind: StatefulSet');
  const login = await suite.api.trpc.stores.credentials.mutate({ id: store.id });
  expect(values + manifest).not.toContain(login.password);
});

interface Following {
  events: LogEvent[];
  ids: string[];
  text: () => string;
  stop: () => void;
  ended: Promise<void>;
}

function follow(
  pod: string,
  container: string,
  rest: { previous?: boolean; since?: string; lastEventId?: string } = {},
): Following {
  const events: LogEvent[] = [];
  const ids: string[] = [];
  const ended = Promise.withResolvers<void>();
  const subscription = suite.api.trpc.stores.logs.subscribe(
    { id: store.id, pod, container, ...rest },
    {
      onData({ id, data }) {
        ids.push(id);
        events.push(data);
        if (data.type === 'end') ended.resolve();
      },
      onError: (error) => ended.reject(error),
    },
  );
  const lines = (): string[] =>
    events.flatMap((event) => (event.type === 'lines' ? event.lines : [])).map(({ text }) => text);
  return { events, ids, text: () => lines().join('\n'), stop: () => subscription.unsubscribe(), ended: ended.promise };
}

test('streams the log of a finished container to its end', async () => {
  const setup = follow(podOf('setup'), 'setup');
  await setup.ended;
  expect(setup.text()).toMatch(/setup: (core|done)/);
  setup.stop();
});

test('follows the log of a running container and resumes without gaps', async () => {
  const pod = podOf('wordpress');
  const first = follow(pod, 'wordpress');
  await expect.poll(first.text, { timeout: 10_000 }).not.toBe('');
  await suite.open(store.name, '/?look=1');
  await expect.poll(first.text, { timeout: 10_000 }).toContain('look=1');
  first.stop();
  await suite.open(store.name, '/?look=2');
  const lastEventId = first.ids.at(-1) ?? '';
  const second = follow(pod, 'wordpress', { lastEventId });
  await expect.poll(second.text, { timeout: 10_000 }).toContain('look=2');
  expect(second.events[0]).toEqual({ type: 'resumed', since: lastEventId });
  expect(second.text()).not.toContain('look=1');
  second.stop();
});

test('leaves out lines from before a time', async () => {
  const pod = podOf('wordpress');
  const whole = follow(pod, 'wordpress');
  await suite.open(store.name, '/?look=3');
  await expect.poll(whole.text, { timeout: 10_000 }).toContain('look=3');
  whole.stop();
  const lines = whole.events.flatMap((event) => (event.type === 'lines' ? event.lines : []));
  const since = lines.find(({ text }) => text.includes('look=3'))?.at ?? '';
  const recent = follow(pod, 'wordpress', { since });
  await expect.poll(recent.text, { timeout: 10_000 }).toContain('look=3');
  expect(recent.text()).not.toContain(lines[0]?.text);
  recent.stop();
});

test('reports missing objects', async () => {
  await expect(follow('nothing', 'wordpress').ended).rejects.toThrow(/not found/);
  await expect(follow(podOf('wordpress'), 'nothing').ended).rejects.toThrow(/nothing is not valid/);
  await expect(follow(podOf('wordpress'), 'wordpress', { previous: true }).ended).rejects.toThrow(
    /previous terminated container "wordpress".*not found/,
  );
  await expect(follow('../../x', 'wordpress').ended).rejects.toThrow(/name of an object/);
});
