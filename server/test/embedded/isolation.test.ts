/** Isolation: neither the PHP of one embedded store nor another user of the machine can reach anything else. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processTree } from '@shopyard/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../support/open-store.ts';
import { copiedStoresEnv, MISSING, PATIENCE_MS, SHARED_CODE } from '@shopyard/testkit/real-stores';
import { type Open, placeOrder, readOrder } from '../support/shopper.ts';
import { socketsOf } from '../support/sockets.ts';
import { useServer } from '../support/use-server.ts';

const PLUGIN = fileURLToPath(new URL('./hostile-plugin.php', import.meta.url));
/** `nobody` on every Linux. */
const NOBODY = 65_534;
const isLinux = process.platform === 'linux';
const isRoot = process.getuid?.() === 0;
if (MISSING) process.stderr.write(`Isolation of embedded stores is not tested: ${MISSING} is not there.\n`);
else if (!isLinux) process.stderr.write('Sockets are looked at on Linux alone: there is no /proc here.\n');
else if (!isRoot) process.stderr.write('Other users are not tested: only root can be one.\n');

const used = useServer();
const { dataDir } = used;
const run = join(dataDir, 'run');

beforeAll(async () => {
  if (MISSING) return;
  await used.start(copiedStoresEnv(dataDir));
  for (const name of ['alpha', 'beta']) {
    await used.api.trpc.stores.create.mutate({ name });
    await used.stores.phase(name, 'Ready', PATIENCE_MS);
  }
}, 2 * PATIENCE_MS);

const openAt =
  (name: string): Open =>
  (path, visit) =>
    openStore(used.server.url, name, path, visit);
const kubeconfig = (): string => join(dataDir, 'simulator.kubeconfig');
const simulatorUrl = (): URL => new URL(/server: (\S+)/.exec(readFileSync(kubeconfig(), 'utf8'))?.[1] ?? '');
/** Folders of the WordPress volumes in order of creation. */
const volumes = (): string[] =>
  readdirSync(join(dataDir, 'volumes'))
    .map((name) => join(dataDir, 'volumes', name))
    .filter((folder) => readdirSync(folder).includes('wp-content'))
    .toSorted(
      (one, other) => statSync(join(one, 'database')).birthtimeMs - statSync(join(other, 'database')).birthtimeMs,
    );

/** Digest of the shared code: every name, mode, time and byte. */
function digestOfCode(): string {
  const hash = createHash('sha256');
  // Another test may be unpacking it again, beside, in a folder that ends with `.PID`.
  const folders = readdirSync(SHARED_CODE).filter((name) => /^(wordpress|woocommerce|sqlite)-(?!.*\.\d+$)/.test(name));
  expect(folders.length).toBeGreaterThanOrEqual(3);
  for (const folder of folders.map((name) => join(SHARED_CODE, name))) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
      const path = join(folder, name);
      const stat = lstatSync(path);
      hash.update(`${name} ${stat.mode} ${stat.mtimeMs}\n`);
      if (stat.isFile()) hash.update(readFileSync(path));
    }
  }
  return hash.digest('hex');
}

test.skipIf(MISSING ?? !isLinux)("two stores open no ports beside the dashboard's and the simulator's", async () => {
  for (const name of ['alpha', 'beta']) expect((await openAt(name)('/')).status).toBe(200);
  const pids = processTree(used.server.pid);
  expect(pids.length, 'server, simulator, two stores').toBeGreaterThanOrEqual(4);
  const { listening, unix, udp } = socketsOf(pids);
  const expected = [new URL(used.server.url).port, simulatorUrl().port].map((port) => `127.0.0.1:${port}`);
  expect(listening.toSorted()).toEqual(expected.toSorted());
  expect(udp).toBe(0);
  expect(unix.toSorted()).toEqual(
    readdirSync(run)
      .map((name) => join(run, name))
      .toSorted(),
  );
  expect(unix).toHaveLength(2);
});

test.skipIf(MISSING)(
  "PHP in a store's volume can't change the shared code or reach anything, and orders still work",
  async () => {
    const [own = '', other = ''] = volumes();
    const before = digestOfCode();
    mkdirSync(join(own, 'wp-content/mu-plugins'), { recursive: true });
    copyFileSync(PLUGIN, join(own, 'wp-content/mu-plugins/hostile.php'));
    const targets = {
      ports: [new URL(used.server.url).port, simulatorUrl().port].map(Number),
      sockets: readdirSync(run).map((name) => join(run, name)),
      paths: [
        kubeconfig(),
        join(dataDir, 'shopyard.db'),
        other,
        join(other, 'database/store.sqlite'),
        '/etc/passwd',
        '/dev/zero',
      ],
    };
    const { status, body } = await openAt('alpha')(`/?attack=${encodeURIComponent(JSON.stringify(targets))}`);
    expect({ status, body: JSON.parse(body) as unknown }).toEqual({ status: 200, body: { tried: 68, succeeded: [] } });
    expect(digestOfCode()).toBe(before);
    for (const name of ['alpha', 'beta']) {
      const order = await placeOrder(openAt(name));
      expect(await readOrder(openAt(name), order)).toMatchObject({ id: order.id, status: 'processing' });
    }
  },
  PATIENCE_MS,
);

describe.skipIf(MISSING ?? (!isLinux || !isRoot))('another user of the machine', () => {
  const asNobody = (program: string, ...args: string[]): { status: number | null; said: string } => {
    const ids = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
    const { status, stdout, stderr } = spawnSync('setpriv', [...ids, program, ...args], {
      encoding: 'utf8',
      timeout: 10_000,
    });
    return { status, said: stdout + stderr };
  };
  const curl = (...args: string[]): string =>
    asNobody('curl', '-sS', '-o', '/dev/null', '-w', '%{http_code}', ...args).said;

  beforeAll(() => chmodSync(used.dir, 0o755));

  test('can use no socket of a store', async () => {
    for (const name of ['alpha', 'beta']) expect((await openAt(name)('/')).status).toBe(200);
    const sockets = readdirSync(run).map((name) => join(run, name));
    expect(sockets).toHaveLength(2);
    const get = (socket: string): string => curl('--unix-socket', socket, 'http://localhost/');
    for (const socket of sockets) expect(get(socket)).toMatch(/^000/);
    // Each alone protects: data directory, socket folder, socket.
    chmodSync(dataDir, 0o755);
    for (const socket of sockets) expect(get(socket)).toMatch(/^000/);
    chmodSync(run, 0o755);
    for (const socket of sockets) expect(get(socket)).toMatch(/^000/);
    for (const socket of sockets) chmodSync(socket, 0o777);
    for (const socket of sockets) expect(get(socket), 'the test reaches them once they are open').toMatch(/^[2-5]/);
    for (const socket of sockets) chmodSync(socket, 0o700);
    chmodSync(run, 0o700);
    chmodSync(dataDir, 0o700);
  });

  test('can read no volume, even if the data directory is open', () => {
    chmodSync(dataDir, 0o755);
    for (const volume of volumes()) {
      chmodSync(join(dataDir, 'volumes'), 0o755);
      expect(asNobody('ls', volume).said).toContain('Permission denied');
      expect(asNobody('cat', join(volume, 'database/store.sqlite')).said).toContain('Permission denied');
    }
    chmodSync(join(dataDir, 'volumes'), 0o700);
    chmodSync(dataDir, 0o700);
  });

  test('is refused by the simulator', () => {
    const { origin } = simulatorUrl();
    expect(curl(`${origin}/api/v1/secrets`)).toBe('401');
    expect(asNobody('cat', kubeconfig()).said).toContain('Permission denied');
  });
});
