/**
 * A random day of a store: suspended and resumed by people and by its schedule, changed, upgraded, scaled by hand, its database
 * lost, in any order and with a clock that moves. The number of its pods has one owner throughout, nothing but a resume wakes
 * it, and what waits for that is neither lost nor applied before. `SEED=` repeats a day.
 */
import { fileURLToPath } from 'node:url';
import type { StoreValues } from '@shopyard/contracts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { useOwnServer } from '../support/use-own-server.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 2_000_000_000);
const STEPS = [
  'suspend',
  'resume',
  'night falls',
  'day breaks',
  'change',
  'upgrade',
  'take back',
  'scale',
  'lose the database',
] as const;
const WORKLOADS = ['deployment/wordpress', 'statefulset/mariadb'];
/** Its clock can be set. */
const MAIN = fileURLToPath(new URL('../support/crashing-main.ts', import.meta.url));
const HOUR_MS = 3_600_000;
/** Hours from the start of the test to the first night and the first morning. */
const [NIGHT, MORNING, DAY] = [8, 20, 24];

const own = useOwnServer();
const kubectl = (...args: string[]): Promise<string> => own.cluster.tools.kubectl('-n', 'store-alpha', ...args);

/** Pods wanted of each workload, and whether the CronJob is suspended. */
async function scales(): Promise<string> {
  const path = 'jsonpath={.items[*].spec.replicas} {.items[*].spec.suspend}';
  return kubectl('get', 'deployments,statefulsets,cronjobs', '-o', path);
}

/** Who manages `spec.replicas` of a workload. */
async function owners(workload: string): Promise<string[]> {
  const text = await kubectl('get', workload, '-o', 'json', '--show-managed-fields');
  const { metadata } = JSON.parse(text) as {
    metadata: { managedFields: { manager: string; fieldsV1: { 'f:spec'?: Record<string, unknown> } }[] };
  };
  // helm applies, and Shopyard updates in its name.
  const owning = metadata.managedFields.filter(({ fieldsV1 }) => fieldsV1['f:spec']?.['f:replicas'] !== undefined);
  return [...new Set(owning.map(({ manager }) => manager))];
}

/** In the form of cron, that many hours from now. */
function timeIn(hours: number): string {
  const at = new Date(Date.now() + hours * HOUR_MS);
  return `${at.getUTCMinutes()} ${at.getUTCHours()} * * *`;
}

/** Moves the clock to an hour after the next such hour of a day, whatever passes meanwhile. */
async function moveTo(hour: number, clock: { ahead: number }): Promise<void> {
  clock.ahead += ((hour - (clock.ahead % DAY) + DAY) % DAY) + 1;
  await own.stop();
  await own.start({ main: MAIN, env: { HOURS_AHEAD: String(clock.ahead) } });
}

test('a random day leaves one owner of the number of pods, and wakes nobody', { timeout: 300_000 }, async () => {
  // Each step once at least.
  const days = fc.tuple(
    fc.shuffledSubarray([...STEPS], { minLength: STEPS.length }),
    fc.array(fc.constantFrom(...STEPS), { minLength: 6, maxLength: 6 }),
  );
  const steps = fc.sample(days, { seed: SEED, numRuns: 1 }).flat(2);
  process.stderr.write(`A day with SEED=${SEED}: ${steps.join(', ')}.\n`);
  const { id } = await own.api.trpc.stores.create.mutate({ name: 'alpha' });
  await own.stores.phase('alpha', 'Ready');
  const schedule = { tz: 'Etc/UTC', sleep: timeIn(NIGHT), wake: timeIn(MORNING) };
  await own.api.trpc.stores.setSchedule.mutate({ id, schedule });

  const clock = { ahead: 0 };
  let [isAsleep, generation] = [false, 1];
  let applied: StoreValues = {};
  let waiting: StoreValues | undefined;
  const wake = (): void => {
    if (waiting) [applied, generation, waiting] = [waiting, generation + 1, undefined];
    isAsleep = false;
  };
  const update = async (change: StoreValues): Promise<void> => {
    const values = { ...applied, ...change };
    const call = (): Promise<unknown> => own.api.trpc.stores.update.mutate({ id, values, confirm: 'alpha' });
    if (waiting) {
      await expect(call()).rejects.toThrow(/waits until the store resumes/);
      return;
    }
    await call();
    if (isAsleep) waiting = values;
    else [applied, generation] = [values, generation + 1];
  };
  const act: Record<(typeof STEPS)[number], () => Promise<unknown>> = {
    suspend: async () => {
      await own.api.trpc.stores.suspend.mutate({ id });
      isAsleep = true;
    },
    resume: async () => {
      await own.api.trpc.stores.resume.mutate({ id });
      wake();
    },
    'night falls': async () => {
      await moveTo(NIGHT, clock);
      isAsleep = true;
    },
    'day breaks': async () => {
      await moveTo(MORNING, clock);
      wake();
    },
    change: () => update({ store: { title: `Title ${generation}` } }),
    upgrade: () => update({ wordpress: { image: { tag: '7.2-php8.3-apache' } } }),
    'take back': async () => {
      const call = own.api.trpc.stores.cancel.mutate({ id });
      await (waiting ? call : expect(call).rejects.toThrow(/no change to the store waits/));
      waiting = undefined;
    },
    scale: () => kubectl('scale', ...WORKLOADS, `--replicas=${isAsleep ? 1 : 0}`),
    'lose the database': () => own.loseDatabase(),
  };
  for (const [at, step] of steps.entries()) {
    const moment = `step ${at + 1}, ${step}`;
    await act[step]();
    await expect.poll(scales, { timeout: 30_000, message: moment }).toBe(isAsleep ? '0 0 true' : '1 1 false');
    await own.stores.until(moment, ([store]) =>
      isAsleep
        ? store?.phase === 'Suspended' && store.generation === generation && store.operation?.state === stateOf(waiting)
        : store?.phase === 'Ready' && store.observedGeneration === generation && store.operation === undefined,
    );
    for (const workload of WORKLOADS) expect(await owners(workload), `${workload} after ${moment}`).toEqual(['helm']);
    expect((await own.api.trpc.stores.values.query({ id })).own, moment).toEqual(applied);
  }
});

const stateOf = (waiting: object | undefined): string | undefined => (waiting ? 'waiting' : undefined);
