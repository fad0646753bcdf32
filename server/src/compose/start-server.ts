/** The composition root: opens everything in the order of the flow, and closes it in reverse. */
import { dirname } from 'node:path';
import { engines as allEngines, type Engines } from '@shopyard/engines';
import type { Logger } from 'pino';
import { assertMayListen, localUrl, warnOfOpenAccess } from '../api/listen-address.ts';
import type { Config } from '../config/config.ts';
import { createHelmCli } from '../helm/helm-cli.ts';
import { type Clock, createClock } from '../kit/clock.ts';
import { closeCache } from '../kit/file-modes.ts';
import { listStores } from '../storage/store.repository.ts';
import { Addresses } from '../store-access/addresses.ts';
import { connectCluster } from './connect-cluster.ts';
import { createMetrics } from './metrics.ts';
import { openCluster } from './open-cluster.ts';
import { openDataDir } from './open-data-dir.ts';
import { readPlatform } from './read-platform.ts';
import { serveApi } from './serve-api.ts';
import { startStages } from './start-stages.ts';
import { createWakes } from './wakes.ts';

export interface Server {
  url: string;
  close(): Promise<void>;
}

/** Dependencies supplied by the process or a test. */
export interface ServerHooks {
  /** The server can't go on. */
  onFatal: (why: string) => void;
  clock?: Clock;
  createHelm?: typeof createHelmCli;
  engines?: Engines;
}

/** Starts everything. The server answers once the promise resolves. */
export async function startServer(config: Config, log: Logger, hooks: ServerHooks): Promise<Server> {
  const { onFatal, clock = createClock(), createHelm = createHelmCli, engines = allEngines } = hooks;
  const startedAt = clock.now().getTime();
  const inPod = config.cluster.kind === 'in-cluster';
  await assertMayListen(config.host, config.auth);
  warnOfOpenAccess(config, log);
  for (const notice of config.notices) log.warn(notice);
  await using cleanup = new AsyncDisposableStack();
  const platform = readPlatform(config, engines);
  const data = await openDataDir({ dataDir: config.dataDir, inPod }, log, cleanup);
  for (const { cache } of config.embeddedStores.values()) closeCache(dirname(cache));
  const connection = await connectCluster(config, { data, engines, clock, log, onFatal }, cleanup);

  const wakes = createWakes();
  const metrics = createMetrics();
  const helm = { create: createHelm, onOperation: metrics.helmOperation };
  const cluster = openCluster(config, { data, connection, engines, wakes, helm, log, clock });
  const addresses = new Addresses({ ...config.store, port: config.port, charts: platform.charts });
  const parts = { data, connection, cluster, platform, wakes, addresses, startedAt, log, clock };
  const stages = startStages(config, parts, cleanup);

  metrics.observe({ ...stages.live, watch: cluster.watch });
  // Read before anybody can ask: a page that comes back at once must not see an empty list.
  const rows = await listStores(data.db);
  const listener = await serveApi(config, { ...stages, board: stages.live.board, metrics, log });
  cleanup.defer(() => listener.close());
  addresses.port = listener.port;
  const url = localUrl(config.host, listener.port);
  connection.lease.announce(config.publicUrl?.origin ?? url);
  stages.begin(rows);

  const stack = cleanup.move();
  return { url, close: () => stack.disposeAsync() };
}
