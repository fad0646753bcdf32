/** A server on the cluster under test, with a client, a subscriber and the usual tools, shared by a test file. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Store, StoreValues } from '@shopyard/contracts';
import {
  type Api,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import { afterAll, beforeAll } from 'vitest';
import { openStore, type StorePage, type StoreVisit } from './open-store.ts';
import { kubeconfigOf, openTestCluster, PATIENCE_MS, type TestCluster } from './test-cluster.ts';
import { type Tools, toolsFor } from './tools.ts';

/** Its members exist once the tests run. */
class Suite {
  cluster!: TestCluster;
  server!: ServerProcess;
  api!: Api;
  stores!: StoreRecorder;
  tools!: Tools;
  /** A temporary folder that contains the server's data. */
  dir!: string;
  env!: Record<string, string>;

  /** Starts the server again, with the same data and port. */
  async start(env: Record<string, string> = {}): Promise<void> {
    this.server = await startServerProcess({ dataDir: this.dir, env: { ...this.env, ...env } });
    this.api = connect(this.server.url);
    this.stores = new StoreRecorder(this.api);
    await this.stores.until('a snapshot', () => true);
  }

  async stop(): Promise<void> {
    this.stores[Symbol.dispose]();
    await this.api[Symbol.asyncDispose]();
    await this.server.stop();
  }

  open(name: string, path?: string, visit?: StoreVisit): Promise<StorePage> {
    return openStore(this.server.url, name, path, visit);
  }

  create(name: string, values: StoreValues = {}): Promise<Store> {
    return this.api.trpc.stores.create.mutate({ name, values });
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

/** `env` overrides the environment that the cluster under test needs. */
export function useSuite(env: Record<string, string> = {}): Suite {
  const dir = temporaryDir();
  const suite = new Suite();
  suite.dir = dir.path;

  beforeAll(async () => {
    suite.cluster = await openTestCluster(dir.path);
    suite.env = { ...suite.cluster.env, ...env };
    await suite.start();
    suite.tools = toolsFor(kubeconfigOf(dir.path), dir.path);
  });

  afterAll(async () => {
    await suite.stop();
    await suite.cluster[Symbol.asyncDispose]();
    dir[Symbol.dispose]();
  });
  return suite;
}
