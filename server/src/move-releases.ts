/** `npm run move-releases`: moves the stores' Helm release records to ConfigMaps, with the kubeconfig's permissions. */
import { engines } from '@shopyard/engines';
import { createKubeClient, loadCredentials } from './kube/client.ts';
import { moveReleases } from './cluster/move-releases.ts';
import { createStoreResources } from './cluster/resources.ts';
import { UNKNOWN_INSTALLATION } from './cluster/namespace.ts';
import { readConfig } from './config/config.ts';

try {
  const { kubeconfig, context } = readConfig().cluster;
  const client = createKubeClient(loadCredentials({ kind: 'kubeconfig', kubeconfig, context }));
  const cluster = createStoreResources({ client, engines, installation: UNKNOWN_INSTALLATION });
  // Includes stores of other installations.
  const stores = (await Promise.all([cluster.listStores(), cluster.listOthers()])).flat();
  const result = await moveReleases(
    client,
    stores.map(({ namespace }) => namespace),
  );
  if (result.unknown.length > 0)
    throw new Error("this kubeconfig may not list Secrets: use an administrator's kubeconfig");
  process.stdout.write(`Moved ${result.moved} release records of ${stores.length} stores to ConfigMaps.\n`);
  for (const namespace of result.reinstalled)
    process.stdout.write(`${namespace}: reinstalled since; its earlier records stay in Secrets.\n`);
} catch (error) {
  process.stderr.write(`shopyard: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
