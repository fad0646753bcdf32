/**
 * The embedded cluster as a separate process: `main.ts DATABASE KUBECONFIG [SPEED [ENGINES]]`, the last as JSON: a list of
 * `{ module, options? }`, with the address of a module whose default export is an EmbeddedEngine.
 *
 * Writes the kubeconfig (mode 0600), prints `ready`, and exits with its parent: when standard input closes, however
 * the parent died. Only that file contains the cluster's secret; a restart reuses the address
 * in it.
 */
import { startSimulator } from './index.ts';
import { readServer, writeKubeconfig } from './kubeconfig.ts';
import type { EmbeddedEngine, EngineSetting } from './runtimes/embedded-engine.ts';

const [database = ':memory:', kubeconfigFile, speed = '1', engines = '[]'] = process.argv.slice(2);

// Everything written here is secret: kubeconfig, objects with the stores' passwords.
process.umask(0o077);
const simulator = await startSimulator({
  database,
  url: kubeconfigFile ? readServer(kubeconfigFile) : undefined,
  speed: Number(speed),
  // Our own server sends it.
  engines: await Promise.all((JSON.parse(engines) as EngineAddress[]).map(load)),
  onError: (error, what) =>
    process.stderr.write(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`),
});
if (kubeconfigFile) writeKubeconfig(kubeconfigFile, simulator.kubeconfig);
process.stdout.write('ready\n');

let ending = false;
const end = (): void => {
  if (ending) return;
  ending = true;
  void simulator.close().then(() => process.exit(0));
};
process.stdin.on('end', end).on('error', end).resume();
process.on('SIGTERM', end).on('SIGINT', end);

interface EngineAddress {
  module: string;
  options?: object;
}

async function load({ module, options }: EngineAddress): Promise<EngineSetting> {
  // Our own server names modules of engines only.
  const { default: engine } = (await import(module)) as { default: EmbeddedEngine };
  return { engine, ...(options ? { options } : {}) };
}
