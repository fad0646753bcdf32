/** A server to be measured: without delays, and with what a benchmark asks of it beside. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ServerProcess, startServerProcess } from '../../src/lib/server-process.ts';

export { SERVER } from '../../src/lib/server-process.ts';
/** The server's HTTP side with stores that exist nowhere. */
export const SYNTHETIC = fileURLToPath(new URL('../../../server/test/support/synthetic-main.ts', import.meta.url));

export interface BenchServer extends ServerProcess {
  /** Milliseconds from its start until it answered. */
  startMs: number;
  /** URL of its embedded cluster, with the secret that it asks for. */
  cluster(): string;
}

export async function startServer(
  main: string,
  env: Record<string, string> = {},
  dataDir?: string,
): Promise<BenchServer> {
  const started = performance.now();
  const server = await startServerProcess(main, { SHOPYARD_SIMULATOR_SPEED: '0', ...env }, dataDir);
  const kubeconfig = (): string => readFileSync(join(server.dataDir, 'simulator.kubeconfig'), 'utf8');
  return {
    ...server,
    startMs: performance.now() - started,
    cluster: () => /server: (\S+)/.exec(kubeconfig())?.[1] ?? '',
  };
}
