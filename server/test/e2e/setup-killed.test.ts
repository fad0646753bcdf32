/** A setup killed at successive steps: each next run continues, and the shop ends up complete. */
import { expect, test } from 'vitest';
import { useSuite } from '../support/suite.ts';
import { PATIENCE_MS, REAL, uniqueName } from '../support/test-cluster.ts';

// The embedded cluster's setup takes its realistic 1.2 s here, so that there is something to kill.
const suite = useSuite({ SHOPYARD_SIMULATOR_SPEED: '1' });

/** Lines of the setup's log, each seen before a kill. Kubernetes doubles the wait after each: three are enough. */
const stepsToKill = (): string[] => {
  if (!REAL) return ['working', 'working'];
  return suite.cluster.noOrders ? ['content', 'core'] : ['core', 'plugin', 'store'];
};

test('a setup killed at successive steps continues where it stopped', async () => {
  const store = await suite.create(uniqueName('killed'));
  const pods = ['-n', store.namespace, '-l', 'app.kubernetes.io/component=setup'];
  const killed: string[] = [];
  for (const step of stepsToKill()) {
    const pod = await podAt(step);
    await suite.tools.kubectl('delete', '-n', store.namespace, pod, '--force', '--grace-period=0');
    killed.push(pod);
  }
  expect(new Set(killed).size).toBe(killed.length);

  await suite.settled(store.id, 1);
  expect((await suite.open(store.name)).status).toBe(200);
  await suite.remove(store);

  /** A setup pod that is at this step and not yet killed. */
  async function podAt(step: string): Promise<string> {
    let found = '';
    const look = async (): Promise<boolean> => {
      const names = (await suite.tools.kubectl('get', 'pods', ...pods, '-o', 'name')).split('\n').filter(Boolean);
      found = names.find((name) => !killed.includes(name)) ?? '';
      return found !== '' && (await logOf(found)).includes(step);
    };
    await expect.poll(look, { timeout: PATIENCE_MS, interval: 100 }).toBe(true);
    return found;
  }

  // A missing log is not a failure.
  function logOf(pod: string): Promise<string> {
    return suite.tools.kubectl('logs', '-n', store.namespace, pod).catch(() => '');
  }
});
