/** One cluster for several servers, each with its own data directory; recreated for each test. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, type ServerProcess, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { afterEach, beforeEach } from 'vitest';
import { type OwnCluster, startOwnCluster } from './own-cluster.ts';
import type { Tools } from './tools.ts';

const PACED = fileURLToPath(new URL('./paced-main.ts', import.meta.url));
/** All of them share one clock. */
const PACED_SINCE = String(Date.now());
const KINDS = 'namespaces,deployments,statefulsets,services,configmaps,secrets,jobs,persistentvolumeclaims,pods';

interface StartOptions {
  env?: Record<string, string>;
  main?: string;
}

/** Its members exist while a test runs. */
class SharedCluster {
  /** The parent of the data directories. */
  dir!: string;
  own!: OwnCluster;

  get tools(): Tools {
    return this.own.tools;
  }

  /** A server on the data directory `name`. */
  start(name: string, { env = {}, main }: StartOptions = {}): Promise<ServerProcess> {
    return startServerProcess({
      dataDir: join(this.dir, name),
      env: { ...this.own.env, ...env },
      ...(main ? { main } : {}),
    });
  }

  /** A server whose Lease lasts 3 seconds. */
  paced(name: string, env: Record<string, string> = {}): Promise<ServerProcess> {
    return this.start(name, { env: { PACED_SINCE, ...env }, main: PACED });
  }

  /** Installation id of a data directory. */
  idOf(name: string): string {
    return readFileSync(join(this.dir, name, 'installation'), 'utf8').trim();
  }

  /** Holder of the cluster's Lease. */
  holder(): Promise<string> {
    const path = 'jsonpath={.spec.holderIdentity}';
    return this.tools.kubectl('get', 'lease', 'shopyard', '-n', 'shopyard', '-o', path);
  }

  /** Every object of the stores, with its version and field managers. */
  async fingerprint(kinds = KINDS): Promise<string[]> {
    const args = ['get', kinds, '-A', '-l', 'shopyard.dev/store-id', '--show-managed-fields', '-o', 'json'];
    const { items } = JSON.parse(await this.tools.kubectl(...args)) as {
      items: { kind: string; metadata: { name: string; namespace?: string; resourceVersion: string } }[];
    };
    return items.map(({ kind, metadata }) => `${kind} ${metadata.name} ${JSON.stringify(metadata)}`).toSorted();
  }
}

export function useSharedCluster(): SharedCluster {
  const shared = new SharedCluster();
  let dir: ReturnType<typeof temporaryDir>;
  beforeEach(async () => {
    dir = temporaryDir();
    shared.dir = dir.path;
    shared.own = await startOwnCluster(dir.path);
  });
  afterEach(async () => {
    await shared.own[Symbol.asyncDispose]();
    dir[Symbol.dispose]();
  });
  return shared;
}

/** Creates a store, waits until it is Ready, and returns its id. */
export async function createReady(server: ServerProcess, name: string): Promise<string> {
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  const { id } = await api.trpc.stores.create.mutate({ name });
  await stores.phase(name, 'Ready');
  return id;
}
