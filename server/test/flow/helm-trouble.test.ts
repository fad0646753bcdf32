/** Helm hangs, is cancelled, dies midway or renders forbidden objects: a wrapper around the real binary causes each. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { isRunning } from '../support/processes.ts';
import { kubeconfigOf } from '../support/test-cluster.ts';
import { toolsFor } from '../support/tools.ts';

const HELM = fileURLToPath(new URL('../../../node_modules/.shopyard/tools/helm', import.meta.url));

/** A helm whose first upgrade runs `trouble` and creates `$DIR/troubled`; otherwise the real one. */
function troubledHelm(dir: string, trouble: string): string {
  const file = join(dir, 'helm.sh');
  writeFileSync(
    file,
    `#!/bin/sh
DIR=${dir}
if [ "$1" = upgrade ] && [ ! -e "$DIR/troubled" ]; then
  echo $$ > "$DIR/troubled"
  ${trouble}
fi
exec ${HELM} "$@"
`,
  );
  chmodSync(file, 0o755);
  return file;
}

test('a delete stops a running helm and leaves nothing behind', async () => {
  using dir = temporaryDir();
  const helm = troubledHelm(dir.path, 'exec sleep 600');
  await using server = await startServerProcess({ dataDir: join(dir.path, 'data'), env: { SHOPYARD_HELM: helm } });
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  const { id } = await api.trpc.stores.create.mutate({ name: 'stuck' });
  await expect.poll(() => existsSync(join(dir.path, 'troubled'))).toBe(true);
  const pid = Number(readFileSync(join(dir.path, 'troubled'), 'utf8'));
  await api.trpc.stores.remove.mutate({ id });
  await stores.gone('stuck');
  expect(isRunning(pid)).toBe(false);
});

test('a manifest with a forbidden object fails at once and is never applied', async () => {
  using dir = temporaryDir();
  const file = join(dir.path, 'helm.sh');
  writeFileSync(
    file,
    `#!/bin/sh
echo "$1" >> ${dir.path}/calls
${HELM} "$@" || exit
[ "$1" = template ] && printf -- '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: smuggled }\n'
exit 0
`,
  );
  chmodSync(file, 0o755);
  await using server = await startServerProcess({ dataDir: join(dir.path, 'data'), env: { SHOPYARD_HELM: file } });
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  const { id } = await api.trpc.stores.create.mutate({ name: 'smuggler' });
  const [store] = await stores.phase('smuggler', 'Failed');
  expect(store?.reason).toBe('ManifestRefused');
  expect(store?.message).toContain('it holds a Namespace (v1)');
  expect(readFileSync(join(dir.path, 'calls'), 'utf8')).toBe('template\n');
  await api.trpc.stores.remove.mutate({ id });
  await stores.gone('smuggler');
});

test('unlocks and installs a release whose helm died while it was pending', async () => {
  using dir = temporaryDir();
  // --wait keeps the release pending until its pods are ready, which is slow enough at this speed to kill helm.
  const helm = troubledHelm(dir.path, `${HELM} "$@" --wait & helm=$!; sleep 1; kill -9 $helm; kill -9 $$`);
  await using server = await startServerProcess({
    dataDir: join(dir.path, 'data'),
    env: { SHOPYARD_HELM: helm, SHOPYARD_SIMULATOR_SPEED: '1' },
  });
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  await api.trpc.stores.create.mutate({ name: 'pending' });
  const tools = toolsFor(kubeconfigOf(join(dir.path, 'data')), dir.path);
  await expect
    .poll(() => tools.helm('list', '-A', '--pending', '-q').catch(() => ''), { timeout: 10_000 })
    .toContain('pending');
  await stores.phase('pending', 'Ready');
  const releases = JSON.parse(await tools.helm('list', '-A', '-o', 'json')) as { status: string; revision: string }[];
  expect(releases).toMatchObject([{ status: 'deployed', revision: '1' }]);
});

test('ends a helm left running by a killed server before the next server acts', async () => {
  using dir = temporaryDir();
  const helm = troubledHelm(dir.path, 'exec sleep 600');
  const dataDir = join(dir.path, 'data');
  const first = await startServerProcess({ dataDir, env: { SHOPYARD_HELM: helm } });
  {
    await using api = connect(first.url);
    await api.trpc.stores.create.mutate({ name: 'orphan' });
    await expect.poll(() => existsSync(join(dir.path, 'troubled'))).toBe(true);
    const noted = join(dataDir, 'helm/running', readFileSync(join(dir.path, 'troubled'), 'utf8').trim());
    await expect.poll(() => existsSync(noted)).toBe(true);
    await first.kill();
  }
  const pid = Number(readFileSync(join(dir.path, 'troubled'), 'utf8'));
  expect(isRunning(pid)).toBe(true);
  await using second = await startServerProcess({ dataDir, env: { SHOPYARD_HELM: helm } });
  await using api = connect(second.url);
  using stores = new StoreRecorder(api);
  await stores.phase('orphan', 'Ready');
  expect(second.log()).toContain('ended 1 helm process');
  expect(isRunning(pid)).toBe(false);
});
