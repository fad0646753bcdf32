/** A setup killed at successive steps: each next run continues, and the shop ends up complete. */
import { expect, test } from 'vitest';
import { useSuite } from '../support/suite.ts';
import { PATIENCE_MS, REAL, uniqueName } from '../support/test-cluster.ts';

// The embedded cluster's setup takes its realistic 1.2 s here, so that there is something to kill.
const suite = useSuite({ SHOPYARD_SIMULATOR_SPEED: '1' });

/** Steps of the setup, each killed while it runs. Kubernetes doubles the wait after each kill: three are enough. */
const stepsToKill = (): string[] => {
  if (!REAL) return ['working', 'working'];
  return suite.cluster.noOrders ? ['core', 'verify'] : ['core', 'plugin', 'store'];
};

/** Run in the container: waits for the step's process, then kills all but the first process, which fails then. */
const killerOf = (step: string): string =>
  `until grep -qsz '^[${step.slice(0, 1)}]${step.slice(1)}$' /proc/[0-9]*/cmdline; do sleep 0.05; done; kill -9 -1`;

test('a setup killed at successive steps continues where it stopped', async () => {
  const store = await suite.create(uniqueName('killed'));
  const pods = ['-n', store.namespace, '-l', 'app.kubernetes.io/component=setup'];
  const killed: string[] = [];
  for (const step of stepsToKill()) {
    await expect.poll(() => killNext(step), { timeout: PATIENCE_MS, interval: 250 }).toBe(true);
  }
  expect(new Set(killed).size).toBe(killed.length);

  await suite.settled(store.id, 1);
  expect((await suite.open(store.name)).status).toBe(200);

  /** Whether a pod that was not killed yet was killed at this step. */
  async function killNext(step: string): Promise<boolean> {
    const names = (await suite.tools.kubectl('get', 'pods', ...pods, '-o', 'name')).split('\n').filter(Boolean);
    const pod = names.find((name) => !killed.includes(name));
    if (pod === undefined || !(await (REAL ? killedInside(pod, step) : deletedAt(pod, step)))) return false;
    killed.push(pod);
    return true;
  }

  // Fails as long as the container has not started.
  function killedInside(pod: string, step: string): Promise<boolean> {
    const inside = ['exec', '-n', store.namespace, pod, '--', 'bash', '-c', killerOf(step)];
    return suite.tools.kubectl(...inside).then(
      () => true,
      () => false,
    );
  }

  async function deletedAt(pod: string, step: string): Promise<boolean> {
    // A missing log is not a failure.
    const log = await suite.tools.kubectl('logs', '-n', store.namespace, pod).catch(() => '');
    if (!log.includes(step)) return false;
    await suite.tools.kubectl('delete', '-n', store.namespace, pod, '--force', '--grace-period=0');
    return true;
  }
});
