/** Containers of Medusa's image, with small programs in place of Medusa and PostgreSQL. */
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContainerRuntime, ContainerStart, ObjectStore, RunningContainer } from '@shopyard/simulator/processes';
import { expect, onTestFinished, test } from 'vitest';
import { programsIn } from './application.ts';
import { createMedusaRuntime } from './runtime.ts';
import { writePrograms } from './testing.ts';

/** Keeps its instructions in a file; serves them on the socket that it gets. */
const PROGRAM = `
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
const input = createInterface({ input: process.stdin });
input.once('close', () => process.exit(143));
input.on('line', (line) => {
  if (JSON.parse(line).task === 'ahead') return console.log('preloaded');
  appendFileSync(new URL('./instructions', import.meta.url), line + '\\n');
  const { task, socket, env } = JSON.parse(line);
  if (task === 'serve') createServer((req, res) => res.end(line)).listen(socket, () => console.log('listening'));
  else {
    console.log('setup: versions {"medusa":"2.21.2"}');
    process.exit(env.STORE_TITLE === 'refused' ? 64 : 0);
  }
});
`;
const IMAGE = 'shopyard-medusa:2.21.2';

interface Bench {
  dir: string;
  runtime: ContainerRuntime;
  /** Names of the containers that were left to the runtime below. */
  below: string[];
  instructions: () => Record<string, unknown>[];
  /** Deletes a volume. */
  deleteVolume: (name: string) => void;
}

const OBJECTS: Readonly<Record<string, object>> = {
  'persistentvolumeclaims data-postgres-0': { spec: { volumeName: 'pvc-1-A' } },
  'persistentvolumeclaims medusa-static': { spec: { volumeName: 'pvc-2' } },
  'secrets store-credentials': {
    data: { 'medusa-email': btoa('admin@alpha.invalid'), 'medusa-password': btoa('secret') },
  },
};

function bench({ memoryMiB = 0, objects = OBJECTS } = {}): Bench {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-medusa-'));
  const application = join(dir, 'application');
  writePrograms(programsIn(application));
  writeFileSync(join(application, 'embedded.mjs'), PROGRAM);
  const folders = { volumes: join(dir, 'volumes'), databases: join(dir, 'databases'), sockets: join(dir, 'run') };
  const listeners: ((change: object) => void)[] = [];
  const store = {
    get: (plural: string, _namespace: string, name: string) => objects[`${plural} ${name}`],
    subscribe: (listener: (change: object) => void) => listeners.push(listener),
  };
  const below: string[] = [];
  const runtime = createMedusaRuntime(
    join(application, 'embedded.mjs'),
    { application, folders, startsAtOnce: 1, idleMs: 0, memoryMiB },
    // Only these are asked for.
    {
      objects: store as unknown as ObjectStore,
      below: { start: ({ container }) => (below.push(container.name), {} as RunningContainer) },
    },
  );
  onTestFinished(() => {
    const pid = join(folders.databases, 'postgres/store/pid');
    if (existsSync(pid)) process.kill(Number(readFileSync(pid, 'utf8')), 'SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  });
  const received = join(application, 'instructions');
  return {
    dir,
    runtime,
    below,
    instructions: () =>
      (existsSync(received) ? readFileSync(received, 'utf8') : '')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    deleteVolume: (name) =>
      listeners.forEach((listener) =>
        listener({ type: 'DELETED', plural: 'persistentvolumes', object: { metadata: { name } } }),
      ),
  };
}

interface Given {
  name: string;
  image?: string;
  hash?: string;
  title?: string;
  logs?: string[];
}

const containerOf = ({ name, image = IMAGE, hash = 'h1', title = 'Alpha', logs = [] }: Given): ContainerStart =>
  ({
    pod: {
      metadata: { namespace: 'store-alpha' },
      spec: {
        terminationGracePeriodSeconds: 1,
        volumes: [{ name: 'static', persistentVolumeClaim: { claimName: 'medusa-static' } }],
      },
    },
    container: {
      name,
      image,
      env: [
        { name: 'SETUP_HASH', value: hash },
        { name: 'STORE_TITLE', value: title },
      ],
    },
    attempt: 0,
    resumed: false,
    log: (line: string) => logs.push(line),
  }) as unknown as ContainerStart;

test('sets a store up on the one database, in a database of its own, and reports the versions', async () => {
  const { runtime, instructions } = bench();
  const exit = await runtime.start(containerOf({ name: 'setup' })).exited;
  expect(exit).toEqual({ exitCode: 0, reason: 'Completed', message: '{"medusa":"2.21.2"}' });
  expect(instructions()).toMatchObject([
    { task: 'setup', database: { name: 'pvc_1_a' }, env: { STORE_TITLE: 'Alpha' } },
  ]);
});

test('lets a store start after a setup with the same inputs, and not before', async () => {
  const { runtime } = bench();
  const waits = runtime.start(containerOf({ name: 'wait' }));
  const other = runtime.start(containerOf({ name: 'wait', hash: 'h2' }));
  let isOver = false;
  void other.exited.then(() => (isOver = true));
  await runtime.start(containerOf({ name: 'setup' })).exited;
  expect(await waits.exited).toEqual({ exitCode: 0, reason: 'Completed' });
  expect(isOver).toBe(false);
  other.stop(0);
  expect((await other.exited).exitCode).toBe(143);
});

test('has the exit code of a setup that refuses, without a report', async () => {
  const { runtime } = bench();
  expect(await runtime.start(containerOf({ name: 'setup', title: 'refused' })).exited).toEqual({
    exitCode: 64,
    reason: 'Error',
  });
});

test('serves with the folder for pictures and the login from the Secret', async () => {
  const { dir, runtime } = bench();
  const container = runtime.start(containerOf({ name: 'medusa' }));
  const front = createServer((req, res) => container.http?.(req, res)).listen(0, '127.0.0.1');
  await once(front, 'listening');
  onTestFinished(() => void front.close());
  // It listens on an address, not on a pipe.
  const { port } = front.address() as AddressInfo;
  const received: unknown = await (await fetch(`http://127.0.0.1:${port}/`)).json();
  expect(received).toMatchObject({
    task: 'serve',
    databaseUrl: expect.stringContaining('/pvc_1_a?sslmode=disable') as string,
    env: { ADMIN_EMAIL: 'admin@alpha.invalid', ADMIN_PASSWORD: 'secret' },
    folder: join(dir, 'volumes/pvc-2'),
  });
  container.stop(1000);
  await container.exited;
});

test('leaves other images and requested failures to the runtime below', () => {
  const own = bench();
  own.runtime.start(containerOf({ name: 'postgres', image: 'postgres:18' }));
  own.runtime.start(containerOf({ name: 'setup', image: 'shopyard-medusa:simulate-crash' }));
  expect(own.below).toEqual(['postgres', 'setup']);
});

test('waits for the volume that names its database', async () => {
  const objects: Record<string, object> = {};
  const { runtime, instructions } = bench({ objects });
  const { exited } = runtime.start(containerOf({ name: 'setup' }));
  Object.assign(objects, OBJECTS);
  expect((await exited).exitCode).toBe(0);
  expect(instructions()).toMatchObject([{ database: { name: 'pvc_1_a' } }]);
});

test('says how much memory is missing, and starts nothing', async () => {
  const { runtime, instructions } = bench({ memoryMiB: 2 ** 40 });
  const logs: string[] = [];
  expect(await runtime.start(containerOf({ name: 'setup', logs })).exited).toEqual({ exitCode: 1, reason: 'Error' });
  expect(logs.join()).toMatch(/^An embedded store takes \d+ MiB of memory/);
  expect(instructions()).toEqual([]);
});

test('deletes pictures and database with their volumes', async () => {
  const { dir, runtime, instructions, deleteVolume } = bench();
  await runtime.start(containerOf({ name: 'setup' })).exited;
  mkdirSync(join(dir, 'volumes/pvc-2'), { recursive: true });
  deleteVolume('pvc-2');
  expect(existsSync(join(dir, 'volumes/pvc-2'))).toBe(false);
  deleteVolume('pvc-1-A');
  await expect
    .poll(instructions)
    .toContainEqual(
      expect.objectContaining({ task: 'drop', database: expect.objectContaining({ name: 'pvc_1_a' }) as object }),
    );
});
