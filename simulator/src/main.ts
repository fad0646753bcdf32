/**
 * The embedded cluster as a separate process: `main.ts DATABASE KUBECONFIG [SPEED [WORDPRESS]]`, the last as JSON.
 *
 * Writes the kubeconfig (mode 0600), prints `ready`, and exits with its parent: when standard input closes, however
 * the parent died. Only that file contains the cluster's secret; a restart reuses the address
 * in it.
 */
import { startSimulator } from './index.ts';
import { readServer, writeKubeconfig } from './kubeconfig.ts';
import type { WordPressOptions } from './runtimes/wordpress/options.ts';

const [database = ':memory:', kubeconfigFile, speed = '1', wordpress] = process.argv.slice(2);

// Everything written here is secret: kubeconfig, objects with the stores' passwords.
process.umask(0o077);
const simulator = await startSimulator({
  database,
  url: kubeconfigFile ? readServer(kubeconfigFile) : undefined,
  speed: Number(speed),
  ...(wordpress ? { wordpress: JSON.parse(wordpress) as WordPressOptions } : {}),
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
