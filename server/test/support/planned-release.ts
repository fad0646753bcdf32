/** A store's release without a server: plans are held against what helm and the cluster then really do. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlannedObject } from '@shopyard/contracts';
import { engines, requireEngine } from '@shopyard/engines';
import { temporaryDir } from '@shopyard/testkit';
import { judgeChange, type Judges } from '../../src/app/stores/plan/judge-change.ts';
import { type EngineChart, readEngineCharts } from '../../src/chart/engine-charts.ts';
import { toReleaseValues } from '../../src/chart/platform-values.ts';
import { createDryRuns } from '../../src/cluster/dry-runs.ts';
import { createStoreResources, type StoreResources } from '../../src/cluster/resources.ts';
import { GENERATION_LABEL, STORE_ID_LABEL } from '../../src/domain/labels.ts';
import { helmValuesOf, type StoreRecord } from '../../src/domain/store.ts';
import { readyStore } from '../../src/domain/testing.ts';
import { createHelmCli } from '../../src/helm/helm-cli.ts';
import type { Helm } from '../../src/helm/helm.ts';
import { openProcessLedger } from '../../src/helm/process-ledger.ts';
import { removeLeftovers } from '../../src/reconcile/stores/actions/install.ts';
import { createKubeClient, type KubeClient, loadCredentials } from '../../src/kube/client.ts';
import { helmPath } from './tools.ts';

export type Values = Record<string, unknown>;

/** An object as it is, without what every write changes. */
export interface Live {
  kind: string;
  metadata: {
    name: string;
    resourceVersion: string;
    uid: string;
    generation?: number;
    managedFields?: unknown;
    annotations?: Record<string, string>;
    ownerReferences?: unknown[];
  };
  spec?: { template?: unknown; volumeName?: string };
}

const INSTALLATION = 'in_0000000000000001';
const KINDS = {
  '/api/v1': ['configmaps', 'services', 'resourcequotas', 'limitranges', 'persistentvolumeclaims'],
  '/apis/apps/v1': ['deployments', 'statefulsets'],
  '/apis/batch/v1': ['jobs', 'cronjobs'],
  '/apis/networking.k8s.io/v1': ['ingresses', 'networkpolicies'],
};

export class PlannedRelease implements AsyncDisposable {
  readonly client: KubeClient;
  readonly store: StoreRecord;
  readonly chart: EngineChart;
  readonly #dir = temporaryDir();
  readonly #helm: Helm;
  readonly #resources: StoreResources;
  readonly #judges: Judges;

  /** `kubeconfig`: as text. */
  constructor(kubeconfig: string, name: string) {
    const file = join(this.#dir.path, 'kubeconfig');
    writeFileSync(file, kubeconfig, { mode: 0o600 });
    const client = createKubeClient(loadCredentials({ kind: 'kubeconfig', kubeconfig: file }));
    const id = `st_${Buffer.from(name).toString('hex').padEnd(16, '0').slice(0, 16)}`;
    const charts = readEngineCharts(engines);
    const chart = charts.get('woocommerce');
    if (!chart) throw new Error('no chart');
    this.client = client;
    this.chart = chart;
    this.store = readyStore({ id, name, namespace: `store-${name}` });
    const options = { client, engines, installation: INSTALLATION };
    this.#resources = createStoreResources(options);
    this.#helm = createHelmCli({
      helm: process.env['SHOPYARD_HELM'] ?? (existsSync(helmPath) ? helmPath : 'helm'),
      cluster: { kubeconfig: file },
      caches: { stateDir: join(this.#dir.path, 'helm'), ownCache: true },
      processes: { ledger: openProcessLedger(join(this.#dir.path, 'ledger')), timeoutSeconds: 60 },
    });
    this.#judges = {
      cluster: this.#resources,
      dryRuns: createDryRuns(options),
      render: (inputs) => this.#helm.render(inputs),
    };
  }

  async open(values: Values): Promise<void> {
    await this.#resources.ensureNamespace(this.store, this.#signal());
    await this.#resources.ensureCredentials(this.store, this.#signal());
    await this.upgrade(values);
  }

  async judge(values: Values): Promise<PlannedObject[]> {
    const next = { ...this.store, values };
    const engine = requireEngine(engines, next);
    const candidate = { next, engine, chart: this.chart, claims: [], signal: this.#signal() };
    return (await judgeChange(this.#judges, candidate)).objects;
  }

  /** As the reconciler installs. Throws HelmError. */
  async upgrade(values: Values): Promise<void> {
    const { name, namespace, id } = this.store;
    const signal = this.#signal();
    const newest = await this.#resources.release(this.store, signal);
    const keep = newest?.status === 'deployed' ? newest.revision : undefined;
    if (newest) await this.#resources.deleteRevisionJobs(this.store, keep, signal);
    const before = newest ? await this.#resources.releaseRecords(this.store, signal) : [];
    const own = helmValuesOf({ ...this.store, values });
    const volumes = await this.#resources.readVolumes(this.store, signal);
    await this.#helm.upgradeInstall({
      name,
      namespace,
      chart: requireEngine(engines, this.store).chart,
      values: toReleaseValues(this.chart.platform, { own, volumes }),
      labels: { [STORE_ID_LABEL]: id, [GENERATION_LABEL]: '1' },
      signal,
    });
    await removeLeftovers({ cluster: this.#resources }, { store: this.store, signal }, before);
    await this.#deletePendingPods();
  }

  /** Everything that a plan speaks of, by kind and name; Jobs of revisions by the name of their component. */
  async objects(): Promise<Map<string, Live>> {
    const paths = Object.entries(KINDS).flatMap(([api, kinds]) =>
      kinds.map((kind) => `${api}/namespaces/${this.store.namespace}/${kind}`),
    );
    const lists = await Promise.all(paths.map((path) => this.client.json<{ kind: string; items: Live[] }>(path)));
    const objects = lists.flatMap(({ kind: list, items }) =>
      items.map((item) => ({ ...item, kind: list.replace(/List$/, '') })),
    );
    // Jobs that a CronJob made are the cluster's own.
    const planned = objects.filter(({ metadata }) => metadata.ownerReferences === undefined);
    return new Map(planned.map((object) => [`${object.kind}/${nameOf(object)}`, object]));
  }

  /** A StatefulSet never replaces a pod that is not ready; no node has its image here. */
  async #deletePendingPods(): Promise<void> {
    const { namespace } = this.store;
    type Pod = { metadata: { name: string }; status?: { phase?: string } };
    const { items } = await this.client.json<{ items: Pod[] }>(`/api/v1/namespaces/${namespace}/pods`);
    const pending = items.filter(({ metadata, status }) => /-\d$/.test(metadata.name) && status?.phase === 'Pending');
    await Promise.all(
      pending.map(({ metadata }) => this.#resources.deletePod({ namespace, name: metadata.name }, this.#signal())),
    );
  }

  /** Names of claims that have no volume yet. */
  async unboundClaims(): Promise<string[]> {
    const objects = [...(await this.objects()).values()];
    const claims = objects.filter(({ kind }) => kind === 'PersistentVolumeClaim');
    return claims.filter(({ spec }) => spec?.volumeName === undefined).map(({ metadata }) => metadata.name);
  }

  /** Names of objects whose pods the cluster refused to make, with its words. */
  async refusedPods(): Promise<string[]> {
    const path = `/api/v1/namespaces/${this.store.namespace}/events`;
    const { items } = await this.client.json<{
      items: { reason?: string; message?: string; involvedObject: { name?: string } }[];
    }>(path);
    const refused = items.filter(({ reason }) => reason === 'FailedCreate');
    return refused.map(({ involvedObject, message = '' }) => `${involvedObject.name ?? ''}: ${message}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.deleteNamespace(this.store.namespace, this.#signal());
    this.#dir[Symbol.dispose]();
  }

  #signal(): AbortSignal {
    return AbortSignal.timeout(60_000);
  }
}

/** Without the number of the revision. */
const nameOf = ({ kind, metadata }: Live): string =>
  kind === 'Job' ? metadata.name.replace(/-\d+$/, '') : metadata.name;
