/** A server on the cluster under test, with a client, a subscriber and the usual tools, for the tests of a file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineId, Store, StoreValues } from '@shopyard/contracts';
import {
  type Api,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { lastWords } from './last-words.ts';
import { openStore, type StorePage, type StoreVisit } from './open-store.ts';
import { sharedServer } from './shared-server.ts';
import { deleteStores, kubeconfigOf, openTestCluster, PATIENCE_MS, REAL, type TestCluster } from './test-cluster.ts';
import { type Tools, toolsFor } from './tools.ts';

/** Its members exist once the tests run. */
class Suite {
  cluster!: TestCluster;
  server!: ServerProcess;
  api!: Api;
  stores!: StoreRecorder;
  tools!: Tools;
  /** A temporary folder. */
  dir!: string;
  /** The server's; `dir` if it is the file's own. */
  dataDir!: string;
  env!: Record<string, string>;
  url!: string;
  /** What the server has logged. */
  serverLog!: () => string;
  readonly #created = new Set<string>();

  /** Starts the server again, with the same data and port. */
  async start(env: Record<string, string> = {}): Promise<void> {
    this.server = await startServerProcess({ dataDir: this.dir, env: { ...this.env, ...env } });
    this.serverLog = () => this.server.log();
    await this.connect(this.server.url);
  }

  async connect(url: string): Promise<void> {
    this.url = url;
    this.api = connect(url);
    this.stores = new StoreRecorder(this.api);
    await this.stores.until('a snapshot', () => true);
  }

  async disconnect(): Promise<void> {
    this.stores[Symbol.dispose]();
    await this.api[Symbol.asyncDispose]();
  }

  async stop(): Promise<void> {
    await this.disconnect();
    await this.server.stop();
  }

  open(name: string, path?: string, visit?: StoreVisit): Promise<StorePage> {
    return openStore(this.url, name, path, visit);
  }

  async create(name: string, values: StoreValues = {}, engine?: EngineId): Promise<Store> {
    const store = await this.api.trpc.stores.create.mutate({ name, values, engine });
    this.#created.add(store.id);
    return store;
  }

  /** Prints what the pods of its stores logged last. */
  async printLastWords(): Promise<void> {
    const left = [...this.stores.stores.values()].filter(({ id }) => this.#created.has(id));
    for (const { namespace } of left) process.stderr.write(`${await lastWords(this.tools, namespace)}\n`);
  }

  /** Requests the deletion of every store that the tests left. */
  async removeAll(): Promise<void> {
    const left = [...this.stores.stores.values()].filter(
      ({ id, phase }) => this.#created.has(id) && phase !== 'Deleting',
    );
    await Promise.all(left.map(({ id }) => this.api.trpc.stores.remove.mutate({ id })));
  }

  /** Resolves when the store is Ready with this generation. */
  settled(id: string, generation: number, patienceMs = PATIENCE_MS): Promise<unknown> {
    const settled = (store: Store): boolean =>
      store.id === id &&
      store.phase === 'Ready' &&
      store.generation === generation &&
      store.observedGeneration === generation;
    return this.stores.until(`generation ${generation} Ready`, (all) => all.some(settled), patienceMs);
  }

  /** kubectl apply of a manifest as text. */
  async apply(namespace: string, manifest: string): Promise<void> {
    const file = join(this.dir, 'manifest.json');
    writeFileSync(file, manifest, { mode: 0o600 });
    await this.tools.kubectl('apply', '-n', namespace, '-f', file);
  }

  /** Resolves when the store is gone. */
  async remove({ id, name }: { id: string; name: string }): Promise<void> {
    await this.api.trpc.stores.remove.mutate({ id });
    await this.stores.gone(name, PATIENCE_MS);
  }
}

type Env = Record<string, string>;

/**
 * `env` overrides the environment that the cluster under test needs; it may depend on the data directory. The server is the
 * file's own unless files share one.
 */
export function useSuite(env: Env | ((dataDir: string) => Env) = {}): Suite {
  const dir = temporaryDir();
  const suite = new Suite();
  const shared = sharedServer();
  suite.dir = dir.path;
  suite.dataDir = shared?.dataDir ?? dir.path;

  beforeAll(async () => {
    suite.cluster = shared?.cluster ?? (await openTestCluster(dir.path));
    suite.env = { ...suite.cluster.env, ...(typeof env === 'function' ? env(dir.path) : env) };
    if (shared) suite.serverLog = () => readFileSync(shared.logFile, 'utf8');
    if (shared) await suite.connect(shared.url);
    else await suite.start();
    suite.tools = toolsFor(kubeconfigOf(dir.path), dir.path);
  });

  // The embedded cluster's stores are simulated: they have no more to say than the server's log.
  beforeEach(({ onTestFailed }) => {
    if (REAL) onTestFailed(() => suite.printLastWords());
  });

  afterAll(async () => {
    if (shared) await suite.removeAll();
    await suite.disconnect();
    if (!shared) await suite.server.stop();
    if (!shared && REAL) await deleteStores(dir.path);
    await suite.cluster[Symbol.asyncDispose]();
    dir[Symbol.dispose]();
  });
  return suite;
}
