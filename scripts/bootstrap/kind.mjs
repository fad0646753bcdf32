/** Creates the local cluster of `npm run start:kind` if it doesn't exist. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, say, SetupError } from './shared.mjs';

export function ensureKind(env) {
  say('checking for the kind cluster "shopyard"');
  const { status, stdout } = spawnSync(join(ROOT, 'scripts/create-cluster'), ['kind'], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new SetupError('there is no local cluster; see the line above for what is missing');
  return {
    SHOPYARD_CLUSTER: 'kubeconfig',
    SHOPYARD_CONTEXT: stdout.trim().split('\n').at(-1),
    SHOPYARD_STORE_VALUES: process.env.SHOPYARD_STORE_VALUES ?? join(ROOT, 'charts/woocommerce/values-local.yaml'),
  };
}
