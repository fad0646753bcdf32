/**
 * A kill after any statement that a call runs leaves the change, its actor and its idempotency key all present or all
 * absent: one kill is real, and for the others the database's files are copied after each statement.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Store } from '@shopyard/contracts';
import { type ServerProcess, startServerProcess, temporaryDir } from '@shopyard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AuditTrail, readAuditTrail, tornParts } from '../support/audit-trail.ts';
import { type OwnCluster, startOwnCluster } from '../support/own-cluster.ts';

const CRASHING = fileURLToPath(new URL('../support/crashing-main.ts', import.meta.url));
const RECORDING = fileURLToPath(new URL('../support/snapshot-main.ts', import.meta.url));
const SECRET = 'a secret that the proxy in front sends';

const dir = temporaryDir();
let cluster: OwnCluster;
let tried = 0;

beforeAll(async () => void (cluster = await startOwnCluster(dir.path)));
afterAll(async () => {
  process.stderr.write(`Statements of calls after which a kill was tried: ${tried}.\n`);
  await cluster[Symbol.asyncDispose]();
  dir[Symbol.dispose]();
});

type Send = (method: string, path: string, body?: object) => Promise<Response>;

const start = (env: Record<string, string>, { data, main }: { data: string; main?: string }): Promise<ServerProcess> =>
  startServerProcess({
    dataDir: join(dir.path, data),
    env: { ...cluster.env, SHOPYARD_AUTH: 'proxy', SHOPYARD_AUTH_SECRET: SECRET, ...env },
    ...(main ? { main } : {}),
  });

const sendAs =
  ({ url }: ServerProcess, user: string, key?: string): Send =>
  (method, path, body) =>
    fetch(url + path, {
      method,
      headers: {
        'X-Shopyard-Proxy-Secret': SECRET,
        'X-Forwarded-User': user,
        ...(key ? { 'Idempotency-Key': key } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });

/** The store of this name once `test` holds; `undefined` stands for a missing store. */
async function until(send: Send, name: string, test: (store: Store | undefined) => boolean): Promise<Store> {
  let found: Store | undefined;
  const look = async (): Promise<boolean> => {
    const { stores } = (await (await send('GET', '/stores')).json()) as { stores: Store[] };
    found = stores.find((store) => store.name === name);
    return test(found);
  };
  await expect.poll(look, { timeout: 40_000, interval: 100 }).toBe(true);
  return found as Store;
}

const isSettled = (phase: Store['phase']) => (store: Store | undefined) =>
  store?.phase === phase && store.observedGeneration === store.generation;

/** An idle store in this phase, created if there is none. */
async function settled(send: Send, name: string, phase: Store['phase'], values = {}): Promise<Store> {
  await until(send, name, (store) => store?.phase !== 'Deleting');
  await send('POST', '/stores', { name, values });
  return until(send, name, isSettled(phase));
}

/** A store whose deletion waits for a finalizer. */
async function held(send: Send): Promise<Store> {
  const isHeld = (store: Store | undefined): boolean => store?.message?.includes('example.com/held') ?? false;
  const found = await until(send, 'held', (store) => store?.phase !== 'Deleting' || isHeld(store));
  if (found?.phase === 'Deleting') return found;
  const { id, namespace } = await settled(send, 'held', 'Ready');
  const finalizers = JSON.stringify({ metadata: { finalizers: ['example.com/held'] } });
  await cluster.tools.kubectl('patch', 'service', 'wordpress', '-n', namespace, '--type=merge', '-p', finalizers);
  await send('DELETE', `/stores/${id}`);
  return until(send, 'held', isHeld);
}

interface Call {
  /** The name in the history. */
  what: string;
  /** Brings a store to a state that the call applies to. */
  prepare: (send: Send) => Promise<Store>;
  /** `round` distinguishes the two calls. */
  call: (send: Send, store: Store, round: number) => Promise<Response>;
}

const ENTRY = /^insert into "store_events"/;
const CHANGE = /^update "stores"/;
const REVISION = /^insert into "revisions"/;
const OPERATION = /^insert into "operations"/;
const ready = (send: Send): Promise<Store> => settled(send, 'ready', 'Ready');

/** `writes`: statements that must be among those of the call. */
const calls: (Call & { title: string; writes: RegExp[] })[] = [
  {
    title: 'a creation',
    what: 'create',
    prepare: ready,
    call: (send, _store, round) => send('POST', '/stores', { name: `new-${round}` }),
    writes: [/^insert into "stores"/, /^insert into "idempotency_keys"/, ENTRY, REVISION],
  },
  {
    title: 'an update',
    what: 'update',
    prepare: ready,
    call: (send, store, round) =>
      send('PATCH', `/stores/${store.id}`, { values: { store: { title: `Title ${round}` } } }),
    writes: [CHANGE, ENTRY, REVISION, OPERATION],
  },
  {
    title: 'a rollback',
    what: 'rollback',
    async prepare(send) {
      const { id } = await ready(send);
      await send('PATCH', `/stores/${id}`, { values: { store: { title: 'To be left' } } });
      return until(send, 'ready', isSettled('Ready'));
    },
    call: (send, store) => send('POST', `/stores/${store.id}/rollback`, { to: 1 }),
    writes: [CHANGE, /^update "revisions"/, ENTRY, REVISION, OPERATION],
  },
  {
    title: 'a read of the credentials',
    what: 'credentials',
    prepare: ready,
    call: (send, store) => send('POST', `/stores/${store.id}/credentials`),
    writes: [ENTRY],
  },
  {
    title: 'a restart',
    what: 'restart',
    prepare: ready,
    call: (send, store) => send('POST', `/stores/${store.id}/restart`),
    writes: [CHANGE, ENTRY],
  },
  {
    title: 'a sign-in link',
    what: 'login-link',
    prepare: ready,
    call: (send, store) => send('POST', `/stores/${store.id}/login-link`),
    writes: [ENTRY],
  },
  {
    title: 'a retry',
    what: 'retry',
    prepare: (send) => settled(send, 'broken', 'Failed', { wordpress: { image: { tag: 'missing' } } }),
    call: (send, store) => send('POST', `/stores/${store.id}/retry`),
    writes: [CHANGE, ENTRY],
  },
  {
    title: 'a deletion',
    what: 'delete',
    prepare: (send) => settled(send, 'leaving', 'Ready'),
    call: (send, store) => send('DELETE', `/stores/${store.id}`),
    writes: [CHANGE, ENTRY],
  },
  {
    title: 'a retry of a deletion',
    what: 'retry',
    prepare: held,
    call: (send, store) => send('POST', `/stores/${store.id}/retry`),
    writes: [CHANGE, ENTRY],
  },
  {
    title: 'a forced deletion',
    what: 'force-remove',
    prepare: held,
    call: (send, store) => send('POST', `/stores/${store.id}/force-remove`, { confirm: 'held' }),
    writes: [CHANGE, ENTRY],
  },
];

/** Calls on a server that is killed after the second statement of the call; what it leaves is whole. */
async function killed(call: Call, data: string): Promise<AuditTrail> {
  await using server = await start({ CRASH_AT: 'statement-run:2', CRASH_CALL: 'signal' }, { data, main: CRASHING });
  expect(await callArmed(server, call, 1)).toBeUndefined();
  expect(server.log()).toContain('killed after');
  const trail = readAuditTrail(server.dataDir);
  expect(tornParts(trail)).toEqual([]);
  return trail;
}

/** Statements of the call, oldest first. What a kill after each would leave is whole. */
async function sweep(call: Call, data = 'data'): Promise<string[]> {
  const before = entriesOf(await killed(call, data), call);
  const snapshots = join(dir.path, `snapshots-${call.what}-${tried}`);
  await using server = await start({ SNAPSHOTS: snapshots }, { data, main: RECORDING });
  const answer = await callArmed(server, call, 2);
  expect(answer?.status).toBeLessThan(300);
  const trail = readAuditTrail(server.dataDir);
  expect(tornParts(trail)).toEqual([]);
  expect(entriesOf(trail, call)).toMatchObject([...before, { what: call.what }]);
  const numbers = readdirSync(snapshots)
    .map(Number)
    .toSorted((a, b) => a - b);
  tried += 1 + numbers.length;
  return numbers.map((number) => {
    const snapshot = join(snapshots, String(number));
    const statement = readFileSync(join(snapshot, 'statement'), 'utf8');
    expect(tornParts(readAuditTrail(snapshot)), statement).toEqual([]);
    return statement;
  });
}

const entriesOf = ({ calls: all }: AuditTrail, call: Call): AuditTrail['calls'] =>
  all.filter(({ actor }) => actor === callerOf(call, 2));

const callerOf = ({ what }: Call, round: number): string => `${what}-${round}`;

/** Prepares and calls; resolves when the server has exited, with the answer if there was one. */
async function callArmed(server: ServerProcess, call: Call, round: number): Promise<Response | undefined> {
  const store = await call.prepare(sendAs(server, 'somebody'));
  process.kill(server.pid, 'SIGUSR2');
  await expect.poll(() => server.log()).toContain('armed');
  const caller = callerOf(call, round);
  const answer = await call.call(sendAs(server, caller, caller), store, round).catch(() => undefined);
  await (answer ? server.stop() : server.ended);
  return answer;
}

test.each(calls)(
  '$title is recorded completely, with its actor, or not at all',
  { timeout: 300_000 },
  async ({ writes, ...call }) => {
    const statements = await sweep(call);
    for (const write of writes) expect(statements).toContainEqual(expect.stringMatching(write));
  },
);

test('an adoption is recorded completely before the namespace changes owner', { timeout: 300_000 }, async () => {
  // The previous server was killed, so another one would wait for its Lease to expire.
  await cluster.tools.kubectl('delete', 'lease', 'shopyard', '-n', 'shopyard', '--ignore-not-found');
  await using other = await start({}, { data: 'other' });
  const { namespace } = await settled(sendAs(other, 'somebody'), 'theirs', 'Ready');
  await other.stop();
  const label = 'jsonpath={.metadata.labels.shopyard\\.dev/installation}';
  const owner = (): Promise<string> => cluster.tools.kubectl('get', 'namespace', namespace, '-o', label);
  const installation = await owner();
  const statements = await sweep(
    {
      what: 'adopt',
      async prepare(send) {
        // Killed between adoption and response: return the store to its former owner.
        if ((await owner()) !== installation) {
          await until(send, 'theirs', (store) => store !== undefined);
          const former = `shopyard.dev/installation=${installation}`;
          await cluster.tools.kubectl('label', 'namespace', namespace, former, '--overwrite');
        }
        return settled(send, 'mine', 'Ready');
      },
      call: (send) => send('POST', '/platform/adopt', { installation, stores: ['theirs'], confirm: installation }),
    },
    'adopter',
  );
  expect(await owner()).not.toBe(installation);
  for (const write of [/^insert into "stores"/, ENTRY, /^commit/])
    expect(statements).toContainEqual(expect.stringMatching(write));
});
