/** The real server with the built dashboard on the embedded cluster. */
import { fileURLToPath } from 'node:url';
import { clusterUrl, startServerProcess, temporaryDir } from '@shopyard/testkit';

/** Entry point that serves the real API with synthetic stores and no cluster. */
export const SYNTHETIC = fileURLToPath(new URL('../../../server/test/support/synthetic-main.ts', import.meta.url));

export interface TestServer extends AsyncDisposable {
  url: string;
  /** Sends an API request as curl would; resolves with the response's status and JSON. */
  call(method: string, path: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Sends a request to the embedded cluster; resolves with the status. The body of a PATCH is a merge patch. */
  cluster(method: string, path: string, body?: object): Promise<number>;
  /** Names of the objects that the embedded cluster has at this path. */
  names(path: string): Promise<string[]>;
  /** Sends SIGKILL and resolves once the process has exited. */
  kill(): Promise<void>;
  /** Restarts the server on the same port and data directory. */
  restart(): Promise<void>;
}

type Env = Record<string, string>;

/** `env`: may depend on the data directory. */
export async function startServer(env: Env | ((dataDir: string) => Env) = {}, main?: string): Promise<TestServer> {
  const dir = temporaryDir();
  const given = typeof env === 'function' ? env(dir.path) : env;
  // Delays as people see them, unless a test says otherwise.
  const options = { dataDir: dir.path, env: { SHOPYARD_SIMULATOR_SPEED: '1', ...given }, ...(main ? { main } : {}) };
  let running = await startServerProcess(options);
  const { url } = running;
  return {
    url,
    async call(method, path, body) {
      const response = await fetch(url + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    async cluster(method, path, body) {
      const headers = { 'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' };
      const init = body ? { headers, body: JSON.stringify(body) } : {};
      return (await fetch(clusterUrl(dir.path) + path, { method, ...init })).status;
    },
    async names(path) {
      const { items } = (await (await fetch(clusterUrl(dir.path) + path)).json()) as {
        items: { metadata: { name: string } }[];
      };
      return items.map(({ metadata }) => metadata.name);
    },
    kill: () => running.kill(),
    async restart() {
      running = await startServerProcess(options);
    },
    async [Symbol.asyncDispose]() {
      await running.stop();
      dir[Symbol.dispose]();
    },
  };
}
