/** One server for the test files that leave it alone: as a cluster has one Shopyard, they could not run side by side otherwise. */
import { join } from 'node:path';
import { startServerProcess, temporaryDir } from '@shopyard/testkit';
import { deleteStores, openTestCluster, type TestCluster } from './test-cluster.ts';

const VARIABLE = 'SHOPYARD_TEST_SERVER';

interface SharedServer {
  url: string;
  dataDir: string;
  logFile: string;
  cluster: TestCluster;
}

/** Global setup of vitest. */
export default async function setup(): Promise<() => Promise<void>> {
  const dir = temporaryDir();
  const cluster = await openTestCluster(dir.path);
  const logFile = join(dir.path, 'server.log');
  const server = await startServerProcess({ dataDir: dir.path, env: cluster.env, logFile });
  const { env, noOrders, noMedusa, images } = cluster;
  process.env[VARIABLE] = JSON.stringify({
    url: server.url,
    dataDir: dir.path,
    logFile,
    cluster: { env, noOrders, noMedusa, images },
  });
  return async () => {
    await server.stop();
    await deleteStores(dir.path);
    await cluster[Symbol.asyncDispose]();
    dir[Symbol.dispose]();
  };
}

/** Undefined if each file has its own. */
export function sharedServer(): SharedServer | undefined {
  const given = process.env[VARIABLE];
  if (given === undefined) return undefined;
  // Written above.
  const { cluster, ...server } = JSON.parse(given) as SharedServer;
  return { ...server, cluster: { ...cluster, [Symbol.asyncDispose]: () => Promise.resolve() } };
}
