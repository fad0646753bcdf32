/** The composition root: opens everything in the order of the flow, and closes it in reverse. */
import { join } from 'node:path';
import { engines as allEngines, type Engines } from '@shopyard/engines';
import type { Logger } from 'pino';
import { keepAudit } from '../app/access/keep-audit.ts';
import { createMetrics } from '../api/metrics.ts';
import { whichAreReal } from '../app/platform/engine-views.ts';
import { isLocalHost, localUrl, refuseStrangers, warnOfOpenAccess } from '../api/listen-address.ts';
import type { Config } from '../config/config.ts';
import { createHelmCli } from '../helm/helm-cli.ts';
import { type Clock, createClock } from '../kit/clock.ts';
import { closeCache } from '../kit/file-modes.ts';
import { connectCluster } from './connect-cluster.ts';
import { entryLink, openAccess } from './open-access.ts';
import { openCluster } from './open-cluster.ts';
import { openDataDir } from './open-data-dir.ts';
import { readPlatform } from './read-platform.ts';
import { serveApi } from './serve-api.ts';
import { startStages } from './start-stages.ts';
import { createWakes } from './wakes.ts';

export interface Server {
  url: string;
  /** Lets a browser in once, and what it does: a line to print; `undefined` where nobody needs it. */
  entryLink: string | undefined;
  /** One sentence where some stores run and others are simulated. */
  whichAreReal: string | undefined;
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
  const process = { log, clock, startedAt: clock.now().getTime() };
  const isLocal = await isLocalHost(config.host);
  for (const notice of config.notices) log.warn(notice);
  await using cleanup = new AsyncDisposableStack();
  const platform = readPlatform(config, engines);
  const data = await openDataDir(config, { urlOf: platform.addresses.urlOf, log }, cleanup);
  for (const why of platform.charts.keepIn(join(config.dataDir, 'charts'))) log.warn(why);
  if (platform.code.real.size > 0) closeCache(config.embeddedStores.cacheDir);
  cleanup.defer(await keepAudit(data.storage, process));
  const people = await openAccess(config, isLocal, { data, process });
  if (!isLocal && config.auth.kind === 'none' && people.way() === 'set-up') refuseStrangers(config.host);
  const connection = await connectCluster(config, { data, platform, clock, log, onFatal }, cleanup);
  warnOfOpenAccess(config, { isLocal, isAsked: people.isAsked() || config.auth.kind === 'proxy' }, log);
  const opened = { process, data, connection, platform, people, wakes: createWakes() };
  const metrics = createMetrics();
  const cluster = openCluster(config, opened, { create: createHelm, onOperation: metrics.helmOperation });
  const stages = startStages(config, { ...opened, cluster }, cleanup);

  metrics.observe({ ...stages.live, watch: cluster.watch });
  // Read before anybody can ask: a page that comes back at once must not see an empty list.
  const stores = await data.storage.stores.list();
  const listener = await serveApi(config, { stages, metrics, people, process });
  cleanup.defer(() => listener.close());
  platform.addresses.port = listener.port;
  const url = localUrl(config.host, listener.port);
  connection.lease.announce(config.publicUrl?.origin ?? url);
  stages.begin(stores);
  const link = await entryLink(people, { ...config, url: config.publicUrl?.origin ?? url });

  const stack = cleanup.move();
  return { url, entryLink: link, whichAreReal: whichAreReal(platform.views), close: () => stack.disposeAsync() };
}
