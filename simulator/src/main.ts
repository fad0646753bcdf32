/**
 * The embedded cluster as a process of its own: `main.ts DATABASE KUBECONFIG [SPEED [WORDPRESS]]`, the last as JSON.
 *
 * Writes the kubeconfig (mode 0600), prints `ready URL`, and ends with its parent: when standard input
 * closes, however the parent died.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { startSimulator } from './index.ts';
import type { WordPressOptions } from './kubelet/wordpress/options.ts';

const [database = ':memory:', kubeconfigFile, speed = '1', wordpress] = process.argv.slice(2);

const simulator = await startSimulator({
  database,
  speed: Number(speed),
  ...(wordpress ? { wordpress: JSON.parse(wordpress) as WordPressOptions } : {}),
  onError: (error, what) =>
    process.stderr.write(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`),
});
if (kubeconfigFile) {
  writeFileSync(`${kubeconfigFile}.new`, simulator.kubeconfig, { mode: 0o600 });
  renameSync(`${kubeconfigFile}.new`, kubeconfigFile);
}
process.stdout.write(`ready ${simulator.url}\n`);

let ending = false;
const end = (): void => {
  if (ending) return;
  ending = true;
  void simulator.close().then(() => process.exit(0));
};
process.stdin.on('end', end).on('error', end).resume();
process.on('SIGTERM', end).on('SIGINT', end);
