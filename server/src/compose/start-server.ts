/** Composition root: wires the stages in flow order and shuts them down in reverse. */
import { dirname, join } from 'node:path';
import type { Store } from '@shopyard/contracts';
import type { Logger } from 'pino';
import { type Clock, createClock } from '../kit/clock.ts';
import { guardHelm } from '../cluster-lease/guard-helm.ts';
import { createPodDialer } from '../kube/port-forward.ts';
import { createStoreCluster } from '../cluster/resources.ts';
import { createStoreWatch } from '../cluster/watch.ts';
import type { Config } from '../config/config.ts';
import { connectCluster } from './connect-cluster.ts';
import { createServices } from './create-services.ts';
import type { OnEffect } from '../kit/crash-points.ts';
import { EventHub } from '../live/hub.ts';
import { StoreBoard } from '../live/live-stores.ts';
import { createHelmCli } from '../helm/helm-cli.ts';
import { type Listener, listen } from '../api/listener.ts';
import { closeCache } from '../kit/file-modes.ts';
import { assertLoopback, assertMayListen, localUrl, warnOfOpenAccess } from '../api/listen-address.ts';
import { openDataDir } from './open-data-dir.ts';
import { createOwnership } from './ownership.ts';
import { createMetrics } from './metrics.ts';
import { readPlatformValues } from '../config/platform-values.ts';
import { createServerHealth } from './server-health.ts';
import { createManifestGuard } from '../reconcile/manifest-guard.ts';
import { Operations } from '../helm/in-flight-releases.ts';
import { createReconciler } from '../reconcile/stores/reconciler.ts';
import { createStatusWriter } from '../reconcile/stores/record.ts';
import { type Addressee, storeUrlOf } from '../store-access/store-url.ts';
import { toStore } from '../domain/present-store.ts';
import { createStoreGate } from '../store-access/store-gate.ts';
import { requestStore } from '../store-access/store-http.ts';
import { createUpgradeCheck } from '../chart/check-upgrade.ts';
import { createValuesCheck } from '../chart/check-values.ts';
import { readChart } from '../chart/read-chart.ts';
import { findStoreByName, listStores } from '../storage/store.repository.ts';
import type { StoreRow } from '../storage/tables.ts';

export interface Server {
  url: string;
  close(): Promise<void>;
}

/** Dependencies supplied by the process or a test. */
export interface ServerHooks {
  /** Called when the server can't continue. */
  onFatal: (why: string) => void;
  onEffect?: OnEffect;
  clock?: Clock;
  createHelm?: typeof createHelmCli;
}

/** Starts everything. The server answers once the promise resolves. */
export async function startServer(config: Config, log: Logger, hooks: ServerHooks): Promise<Server> {
  const { onFatal, onEffect = () => undefined, clock = createClock(), createHelm = createHelmCli } = hooks;
  const { now } = clock;
  await assertMayListen(config.host, config.auth);
  warnOfOpenAccess(config, log);
  const startedAt = now().getTime();
  await using cleanup = new AsyncDisposableStack();
  const { dataDir, store: storeConfig } = config;
  const platformValues = readPlatformValues(storeConfig.valuesFile);
  const chart = readChart(storeConfig.chart);
  const checkValues = createValuesCheck(chart, platformValues);
  const checkUpgrade = createUpgradeCheck(chart, platformValues);
  const inPod = config.cluster.kind === 'in-cluster';
  const data = await openDataDir({ dataDir, inPod, onEffect }, log, cleanup);
  const { db, ledger, installation } = data;
  if (config.embeddedStores) closeCache(dirname(config.embeddedStores.cache));

  const exclusive = config.cluster.kind === 'embedded';
  const { kubeconfig, credentials, lease, client } = await connectCluster(
    config,
    { data, clock, log, onFatal },
    cleanup,
  );
  const { storeRole } = config;
  const cluster = createStoreCluster(client, installation, storeRole);
  const gate = createStoreGate(createPodDialer(credentials), (store) => watch.view(store).pods);
  cleanup.defer(() => gate.close());

  /** When each store was last visited through this server. */
  const visits = new Map<string, number>();
  const hub = new EventHub();
  let listener: Listener | undefined;
  const urlOf = (store: Addressee): string => {
    const { domain } = storeConfig;
    return storeUrlOf(store, { domain, port: listener?.port ?? config.port, platformValues });
  };
  const urlOfRow = ({ name, store_values: values }: StoreRow): string =>
    urlOf({ name, values: JSON.parse(values) as Record<string, unknown> });
  const ownership = createOwnership({
    db,
    client,
    cluster,
    describe: (release, signal) => helm.describe(release, signal),
    lease,
    chart,
    platformValues,
    urlOf,
    exclusive,
    adopt: config.adopt,
    storeRole,
    onFound(row) {
      board.set(present(row));
      reconciler.add(row.id);
    },
    onChange: () => board.setPlatform(health.platform()),
    log,
    clock,
  });
  cleanup.defer(() => ownership.close());
  const started = Promise.withResolvers<void>();
  const watch = createStoreWatch({
    client,
    installation,
    clock,
    silenceMs: config.watchSilenceMs,
    roleBindings: storeRole !== undefined,
    onStore: (id) => reconciler.add(id),
    onNamespace: (name) => void storeOfNamespace(name),
    onHealth() {
      board.setPlatform(health.platform());
      if (watch.health().synced) started.resolve();
    },
    onError: (error) =>
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'a watch was interrupted'),
  });
  const storeOfNamespace = async (namespace: string): Promise<void> => {
    if (!namespace.startsWith('store-')) return;
    const row = await findStoreByName(db, namespace.slice('store-'.length));
    if (row) reconciler.add(row.id);
  };
  const health = createServerHealth({ config, db, watch, lease, ownership, urlOf, now });
  const board = new StoreBoard(hub, health.platform());

  const metrics = createMetrics({
    stores: () => board.list(),
    subscribers: () => hub.subscribers,
    synced: () => watch.health().synced,
  });
  const valueFiles = storeConfig.valuesFile ? [storeConfig.valuesFile] : [];
  const bareHelm = createHelm({
    helm: config.helm,
    chart: storeConfig.chart,
    valueFiles,
    kubeconfig: config.cluster.kind === 'in-cluster' ? undefined : kubeconfig,
    context: config.cluster.context,
    stateDir: join(dataDir, 'helm'),
    // A pod's home folder may be read-only, and the user's own kubectl must not see the embedded cluster.
    ownCache: config.cluster.kind !== 'kubeconfig',
    ledger,
    timeoutSeconds: config.budgets.release,
    onStarted: () => onEffect('helm-started'),
    onEnded: () => onEffect('helm-exited'),
    onOperation: (operation, ms) => metrics.helmOperation(operation, ms),
  });

  const helm = guardHelm(bareHelm, lease);

  const present = (row: StoreRow): Store => toStore(row, watch.view(row), urlOfRow(row));
  const writer = createStatusWriter({
    db,
    viewOf: (store) => watch.view(store),
    urlOf: urlOfRow,
    toStore: present,
    publish(store, id) {
      board.set(store);
      board.touch(id);
    },
    onEffect,
    budgets: config.budgets,
    now,
  });
  const reconciler = createReconciler({
    db,
    urlOf: urlOfRow,
    writer,
    context: {
      viewOf: (store) => watch.view(store),
      helm,
      manifests: createManifestGuard(helm, [storeConfig.chart, ...valueFiles]),
      checkValues,
      cluster,
      platformValues,
      request: (request) => requestStore(gate, request),
      keepsMail: exclusive,
      onEffect,
      operations: new Operations(() => (lease.takenOver ? 0 : startedAt)),
      now,
    },
    maxParallel: config.maxParallel,
    budgets: config.budgets,
    onForgotten: (id) => board.remove(id),
    visitedAt: (id) => (config.embeddedStores ? (visits.get(id) ?? 0) : Infinity),
    mayWrite: () => lease.mayWrite(),
    log,
    clock,
  });
  cleanup.defer(() => reconciler.close());
  lease.onChange(() => {
    board.setPlatform(health.platform());
    if (lease.mayWrite()) void reconciler.lookAgain();
  });
  cleanup.defer(() => watch.close());

  const services = createServices({
    config,
    db,
    client,
    watch,
    helm,
    hub,
    board,
    chart,
    checkValues,
    checkUpgrade,
    toStore: present,
    urlOf,
    loginOf: (namespace) => cluster.credentials(namespace),
    reconciler,
    recovered: () => ownership.known,
    adoption: ownership.service,
    lease,
    onEffect,
    now,
    clock,
  });
  const rows = await listStores(db);
  listener = await listen({
    ...config,
    assertBound: (bound) => config.auth.kind === 'none' && assertLoopback(config.host, bound),
    services,
    health: { unready: health.missing, metrics: metrics.registry },
    door: {
      find: (name) => board.findByName(name),
      agentFor(store, connections) {
        visits.set(store.id, now().getTime());
        return gate.agentFor(store, connections);
      },
    },
    log,
  });
  const { port } = listener;
  cleanup.defer(() => listener?.close());
  const url = localUrl(config.host, port);
  // The port is known only now.
  lease.announce(config.publicUrl?.origin ?? url);
  board.setPlatform(health.platform());

  for (const row of rows) board.set(present(row));
  watch.start();
  void Promise.all([started.promise, lease.held])
    .then(() => ownership.start())
    .then(() => reconciler.start());

  const stack = cleanup.move();
  return {
    url,
    close: () => stack.disposeAsync(),
  };
}
