/** Starts the server that is measured. */
import { fileURLToPath } from 'node:url';
import { type ServerProcess, startServerProcess } from '@shopyard/testkit';

/** The server's HTTP side, with stores that exist only in memory. */
export const SYNTHETIC = fileURLToPath(new URL('../../../server/test/support/synthetic-main.ts', import.meta.url));

export interface BenchServer extends ServerProcess {
  /** Milliseconds from start to first answer. */
  startMs: number;
}

export async function startServer(
  main: string,
  env: Record<string, string> = {},
  dataDir?: string,
): Promise<BenchServer> {
  const started = performance.now();
  const options = { main, env: { SHOPYARD_LOG_LEVEL: 'error', ...env }, ...(dataDir === undefined ? {} : { dataDir }) };
  const server = await startServerProcess(options);
  return { ...server, startMs: performance.now() - started };
}
