/**
 * The embedded cluster as a process of its own: `main.ts DATABASE KUBECONFIG [SPEED [WORDPRESS]]`, the last as JSON.
 *
 * Writes the kubeconfig (mode 0600), prints `ready`, and ends with its parent: when standard input closes, however
 * the parent died. The cluster's secret is nowhere but in that file; started again, it has the address that stands
 * there.
 */
import { startSimulator } from './index.ts';
import { readServer, writeKubeconfig } from './kubeconfig.ts';
import type { WordPressOptions } from './kubelet/wordpress/options.ts';

const [database = ':memory:', kubeconfigFile, speed = '1', wordpress] = process.argv.slice(2);

// All that is written here is secret: kubeconfig, objects with the stores' passwords.
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
