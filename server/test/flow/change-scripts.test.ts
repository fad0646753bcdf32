/** The scripts that change a store, as people run them: what they print, what they exit with, and what happened. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Store } from '@shopyard/contracts';
import { beforeAll, expect, test } from 'vitest';
import { useServer } from '../support/use-server.ts';

const SCRIPTS = fileURLToPath(new URL('../../../scripts/src/', import.meta.url));
const used = useServer();
let id: string;

beforeAll(async () => {
  await used.start();
  ({ id } = await used.api.trpc.stores.create.mutate({ name: 'alpha' }));
  await used.stores.phase('alpha', 'Ready');
});

interface Ended {
  code: number;
  said: string;
}

async function run(script: string, ...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(SCRIPTS, `${script}.ts`), ...args], {
    env: { ...process.env, SHOPYARD_URL: used.server.url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

const store = (): Promise<Store> => used.api.trpc.stores.get.query({ id });
const own = async (): Promise<unknown> => (await used.api.trpc.stores.values.query({ id })).own;

test('plan-store prints what a change does, and changes nothing', async () => {
  const { code, said } = await run('plan-store', 'alpha', '--set', 'size=medium');
  expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('Restarts') as string });
  expect(await store()).toMatchObject({ generation: 1, phase: 'Ready' });
});

test('plan-store exits with 2 for what the cluster refuses, and with 1 for values that are wrong', async () => {
  const refused = await run('plan-store', 'alpha', '--set', 'cron.schedule=61 * * * *', '--apply');
  expect(refused).toMatchObject({ code: 2, said: expect.stringContaining('CronJob') as string });
  const wrong = await run('plan-store', 'alpha', '--set', 'sise=medium');
  expect(wrong).toMatchObject({ code: 1, said: expect.stringContaining('Did you mean `size`?') as string });
  expect(await store()).toMatchObject({ generation: 1 });
});

test('update-store applies a change and waits for it; rollback-store goes back to the previous values', async () => {
  const updated = await run('update-store', 'alpha', '--set', 'store.title=Mugs', '--reason', 'a sale');
  expect(updated).toMatchObject({ code: 0, said: expect.stringMatching(/alpha: Ready\n$/) as string });
  expect(await own()).toEqual({ store: { title: 'Mugs' } });
  const back = await run('rollback-store', 'alpha', '--reason', 'it is over');
  expect(back).toMatchObject({ code: 0, said: expect.stringMatching(/alpha: Ready\n$/) as string });
  expect(await own()).toEqual({});
  expect(await run('rollback-store', 'alpha', '--to', '2')).toMatchObject({ code: 0 });
  expect(await own()).toEqual({ store: { title: 'Mugs' } });
});

test.each([
  { what: 'a generation that is missing', args: ['alpha', '--to'] },
  { what: 'a generation that is no number', args: ['alpha', '--to', 'previous'] },
  { what: 'an unknown option', args: ['alpha', '--generation', '1'] },
  { what: 'a second store', args: ['alpha', 'beta'] },
])('rollback-store refuses $what, and goes nowhere', async ({ args }) => {
  const { generation } = await store();
  const { code, said } = await run('rollback-store', ...args);
  expect({ code, said }).toMatchObject({ code: 1, said: expect.stringContaining('usage: npm run') as string });
  expect(await store()).toMatchObject({ generation });
});

test('a change that needs the name of the store takes it by --confirm', async () => {
  const args = ['alpha', '--set', 'mariadb.image.tag="12.0"'];
  const asked = await run('update-store', ...args);
  expect(asked).toMatchObject({ code: 1, said: expect.stringContaining('confirm: "alpha"') as string });
  expect(await run('update-store', ...args, '--confirm', 'alpha')).toMatchObject({ code: 0 });
  expect(await own()).toMatchObject({ mariadb: { image: { tag: '12.0' } } });
});

test('a change of a suspended store is kept, and resume-store applies it', async () => {
  const suspended = await run('suspend-store', 'alpha', 'holidays');
  expect(suspended).toMatchObject({ code: 0, said: expect.stringContaining('its address stay') as string });
  const { generation } = await store();
  const changed = await run('update-store', 'alpha', '--set', 'store.title=Cups');
  expect(changed).toMatchObject({
    code: 0,
    said: expect.stringContaining('the change waits until it resumes') as string,
  });
  const resumed = await run('resume-store', 'alpha');
  expect(resumed).toMatchObject({ code: 0, said: expect.stringContaining('open at http') as string });
  await used.stores.until('applied', (all) => all.some((one) => one.observedGeneration > generation), 30_000);
  expect(await own()).toMatchObject({ store: { title: 'Cups' } });
});

test('a plan made from the values of an earlier generation is refused, and says who was faster', async () => {
  const { generation } = await store();
  const late = used.api.trpc.stores.plan.query({ id, values: {}, generation: generation - 1 });
  await expect(late).rejects.toThrow(/in the meantime\. Nothing was applied/);
  await expect(used.api.trpc.stores.plan.query({ name: 'beta', values: {}, generation: 1 })).rejects.toThrow(
    'a new store has no generation',
  );
});
