/** The real helm, killed at random moments, twice in a row, during install and upgrade. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { startOwnCluster } from '../support/own-cluster.ts';

const HELM = fileURLToPath(new URL('../../../node_modules/.shopyard/tools/helm', import.meta.url));
const SEED = Number(process.env['SEED'] ?? Date.now() % 2_000_000_000);
const KILLS = 2;
/** `npm run test:chaos` runs more. */
const TRIES = Number(process.env['WALKS'] ?? 0) >= 100 ? [0, 1, 2, 3] : [0, 1];
process.stderr.write(`helm is killed at random moments, SEED=${SEED}.\n`);

/** A number from 0 to 1, determined by seed and turn. */
function randomOf(turn: number): number {
  const x = Math.sin(SEED + turn) * 10_000;
  return x - Math.floor(x);
}

/** A helm whose first upgrades die after the given milliseconds each; counts kills in `killed`. */
function mortalHelm(dir: string, milliseconds: number[]): string {
  const file = join(dir, 'helm.sh');
  const waits = milliseconds.map((ms) => (ms / 1000).toFixed(3)).join(' ');
  writeFileSync(
    file,
    `#!/bin/sh
[ "$1" = upgrade ] || exec ${HELM} "$@"
count=$(wc -l < ${dir}/killed 2>/dev/null || echo 0)
wait=$(echo ${waits} | cut -d' ' -f$((count + 1)))
[ -n "$wait" ] && [ "$count" -lt ${milliseconds.length} ] || exec ${HELM} "$@"
exec 3<&0
${HELM} "$@" <&3 & helm=$!
sleep $wait
kill -9 $helm 2>/dev/null && echo $wait >> ${dir}/killed
wait $helm
`,
  );
  chmodSync(file, 0o755);
  return file;
}

test.each(TRIES)('survives kills of helm during install and upgrade, attempt %i', async (attempt) => {
  using dir = temporaryDir();
  await using cluster = await startOwnCluster(dir.path);
  const waits = Array.from({ length: 2 * KILLS }, (_, index) => 20 + randomOf(attempt * 10 + index) * 160);
  const killed = (): number => readFileSync(join(dir.path, 'killed'), 'utf8').trim().split('\n').filter(Boolean).length;
  writeFileSync(join(dir.path, 'killed'), '');
  const env = { ...cluster.env, SHOPYARD_HELM: mortalHelm(dir.path, waits) };
  await using server = await startServerProcess({ dataDir: join(dir.path, 'data'), env });
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  const settled = (generation: number): Promise<unknown> =>
    stores.until(
      `generation ${generation}`,
      ([store]) =>
        store?.phase === 'Ready' && store.generation === generation && store.observedGeneration === generation,
    );
  const password = (): Promise<string> =>
    cluster.tools.kubectl(
      'get',
      'secret',
      'store-credentials',
      '-n',
      'store-mortal',
      '-o',
      'jsonpath={.data.mariadb-password}',
    );

  const { id } = await api.trpc.stores.create.mutate({ name: 'mortal' });
  await settled(1);
  const before = await password();
  await api.trpc.stores.update.mutate({ id, values: { store: { title: 'Other' } } });
  await settled(2);

  expect(killed()).toBeGreaterThanOrEqual(KILLS);
  expect(await password()).toBe(before);
  const releases = JSON.parse(await cluster.tools.helm('list', '-A', '-o', 'json')) as { status: string }[];
  expect(releases).toMatchObject([{ status: 'deployed' }]);
  process.stderr.write(
    `helm was killed after ${waits
      .slice(0, killed())
      .map((ms) => ms.toFixed(0))
      .join(', ')} ms.\n`,
  );
});
