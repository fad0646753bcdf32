/** A server on a cluster of its own, both new for each test of a file; the server can be started again. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Api,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import { afterEach, beforeEach } from 'vitest';
import { type OwnCluster, startOwnCluster } from './own-cluster.ts';

interface Process {
  /** The module that runs it. */
  main?: string;
  env?: Record<string, string>;
}

/** Its members exist once a test runs. */
class OwnServer {
  cluster!: OwnCluster;
  server!: ServerProcess;
  api!: Api;
  stores!: StoreRecorder;
  #dir!: ReturnType<typeof temporaryDir>;
  #how: Process = {};

  get dataDir(): string {
    return join(this.#dir.path, 'data');
  }

  async open(): Promise<void> {
    this.#dir = temporaryDir();
    this.cluster = await startOwnCluster(this.#dir.path);
    await this.start();
  }

  async close(): Promise<void> {
    await this.stop();
    await this.cluster[Symbol.asyncDispose]();
    this.#dir[Symbol.dispose]();
  }

  /** Resolves once the server has pushed its stores for the first time. `how`: by default as before. */
  async start(how: Process = this.#how): Promise<void> {
    this.#how = how;
    const { main, env } = how;
    this.server = await startServerProcess({
      dataDir: this.dataDir,
      env: { ...this.cluster.env, ...env },
      ...(main ? { main } : {}),
    });
    this.api = connect(this.server.url);
    this.stores = new StoreRecorder(this.api);
    await this.stores.until('a snapshot', () => true);
  }

  async stop(): Promise<void> {
    this.stores[Symbol.dispose]();
    await this.api[Symbol.asyncDispose]();
    await this.server.stop();
  }

  /** The next server rebuilds it from the cluster. */
  async loseDatabase(): Promise<void> {
    await this.stop();
    for (const file of readdirSync(this.dataDir)) if (file.startsWith('shopyard.db')) rmSync(join(this.dataDir, file));
    await this.start();
  }
}

export function useOwnServer(): OwnServer {
  const own = new OwnServer();
  beforeEach(() => own.open());
  afterEach(() => own.close());
  return own;
}
