/** A server for one test file, with a client and a recorder of its stores. */
import { join } from 'node:path';
import {
  type Api,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import { afterAll } from 'vitest';

/** Its members `server`, `api` and `stores` exist after `start`. */
class UsedServer {
  server!: ServerProcess;
  api!: Api;
  stores!: StoreRecorder;
  readonly #dir = temporaryDir();
  /** A temporary folder, removed after the file's tests. */
  readonly dir = this.#dir.path;
  readonly dataDir = join(this.dir, 'data');

  /** Resolves once the server has pushed its stores for the first time. */
  async start(env: Record<string, string> = {}): Promise<void> {
    this.server = await startServerProcess({ dataDir: this.dataDir, env });
    this.api = connect(this.server.url);
    this.stores = new StoreRecorder(this.api);
    await this.stores.until('a snapshot', () => true);
  }

  async stop(): Promise<void> {
    this.stores?.[Symbol.dispose]();
    await this.api?.[Symbol.asyncDispose]();
    await this.server?.stop();
    this.#dir[Symbol.dispose]();
  }
}

/** Stops the server, if it was started, after the file's tests. */
export function useServer(): UsedServer {
  const used = new UsedServer();
  afterAll(() => used.stop());
  return used;
}
