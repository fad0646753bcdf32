/** Where the end-to-end suite runs: the embedded cluster, or the one of KUBECONFIG. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REAL = process.env['SHOPYARD_TEST_CLUSTER'] === 'kubeconfig';

/** How long a store may take to come up, or to go. */
export const PATIENCE_MS = REAL ? 240_000 : 40_000;

const VALUES = fileURLToPath(new URL('../e2e/cluster-values.yaml', import.meta.url));

/** What the server is started with. */
export function clusterEnv(): Record<string, string> {
  if (!REAL) return {};
  const { KUBECONFIG, SHOPYARD_STORE_VALUES = VALUES } = process.env;
  if (!KUBECONFIG) throw new Error('npm run test:cluster needs KUBECONFIG: the cluster to run the end-to-end suite on');
  return { SHOPYARD_CLUSTER: 'kubeconfig', KUBECONFIG, SHOPYARD_STORE_VALUES };
}

export function kubeconfigOf(dataDir: string): string {
  return REAL ? (process.env['KUBECONFIG'] ?? '') : join(dataDir, 'simulator.kubeconfig');
}

/** A name that no earlier run used. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${Date.now().toString(36)}${Math.random().toString(36).slice(2, 5)}`;
}
