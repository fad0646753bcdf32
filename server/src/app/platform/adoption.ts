/** Stores of other installations: lists them, previews what adoption would change, and adopts them. */
import { type AdoptableStore, type Adoption, issueAt, ShopyardError } from '@shopyard/contracts';
import type { PlatformService } from '@shopyard/contracts/services';
import { parse } from 'yaml';
import { ClusterError } from '../../kube/errors.ts';
import { LeaseLostError } from '../../cluster-lease/lease-errors.ts';
import { addressLabelOf } from '../../domain/labels.ts';
import type { ObservedRelease } from '../../domain/observation.ts';
import type { FoundStore } from '../../cluster/namespace.ts';
import type { Helm } from '../../helm/helm.ts';
import type { AdoptRequest } from '../../domain/adopt-request.ts';
import { overlay } from '../../chart/check-values.ts';
import type { EngineCharts } from '../../chart/engine-charts.ts';
import { without } from '../../chart/read-chart.ts';
import type { Storage } from '../../storage/storage.ts';
import { changesBetween, toChange } from './adoption-changes.ts';
import { findUrl } from '../../domain/release-url.ts';
import { redactYaml } from '../../domain/redact-release.ts';
import type { Addressee } from '../../store-access/store-url.ts';

/** Releases read concurrently; each needs two helm processes. */
const CONCURRENCY = 4;
const READ_MS = 15_000;

type Values = Record<string, unknown>;

export interface AdoptionServiceOptions {
  stores: Pick<Storage['stores'], 'findByName'>;
  charts: EngineCharts;
  urlOf: (store: Addressee) => string;
  others: {
    list: () => Promise<FoundStore[]>;
    releaseOf: (store: FoundStore, signal: AbortSignal) => Promise<ObservedRelease | undefined>;
    /** Reads the values and the manifest of a store's release. */
    describe: Helm['describe'];
  };
  adopt: (request: AdoptRequest) => Promise<Adoption>;
}

export function createAdoptionService(options: AdoptionServiceOptions): Pick<PlatformService, 'adoptable' | 'adopt'> {
  return {
    async adoptable({ installation }) {
      const others = await options.others.list().catch(unavailable);
      const wanted = others.filter((store) => !installation || store.installation === installation);
      const stores: AdoptableStore[] = [];
      for (let at = 0; at < wanted.length; at += CONCURRENCY)
        stores.push(
          ...(await Promise.all(wanted.slice(at, at + CONCURRENCY).map((store) => describeStore(options, store)))),
        );
      return { stores };
    },
    async adopt({ installation, stores, confirm }, caller) {
      if (confirm !== installation) {
        const message = `type the installation's id, "${installation}", to adopt its stores`;
        throw new ShopyardError('validation_failed', `confirm: ${message}`, [issueAt(['confirm'], message)]);
      }
      return options.adopt({ installation, stores, caller }).catch(unavailable);
    },
  };
}

async function describeStore(options: AdoptionServiceOptions, store: FoundStore): Promise<AdoptableStore> {
  const { stores, others } = options;
  const { id, name, namespace, installation, createdAt, desired } = store;
  const signal = AbortSignal.timeout(READ_MS);
  const named = await stores.findByName(name);
  const facts: AdoptableStore = {
    id,
    name,
    namespace,
    installation,
    createdAt,
    removalAsked: desired === 'absent',
    changes: [],
    ...(named && named.id !== id ? { conflict: 'a store of that name exists here' } : {}),
  };
  const release = await others.releaseOf(store, signal).catch(() => undefined);
  if (!release) return facts;
  const { revision, status } = release;
  const url = options.urlOf(store);
  try {
    const content = await others.describe({ name, namespace }, signal);
    // helm prints values as a map.
    const values = parse(redactYaml(content.values)) as Values;
    const chart = /helm\.sh\/chart: "?([\w.+-]+)/.exec(content.manifest)?.[1] ?? '';
    const address = findUrl(values);
    const changes = changesOf(options, store, { chart, values });
    return { ...facts, release: { revision, status, chart, ...(address ? { url: address } : {}) }, changes };
  } catch {
    // Without permissions in the namespace, only the record's labels are readable.
    const moves = release.address !== addressLabelOf(url);
    return { ...facts, release: { revision, status }, changes: moves ? [toChange('store.url', undefined, url)] : [] };
  }
}

function changesOf(
  { charts, urlOf }: AdoptionServiceOptions,
  store: FoundStore,
  installed: { chart: string; values: Values },
): AdoptableStore['changes'] {
  const known = charts.of(store) ?? charts.get(store.engine);
  if (!known) return [];
  const { chart, platform } = known;
  const identity = { store: { id: store.id, name: store.name, url: urlOf(store) } };
  const next = [platform.values, store.values, identity, platform.rules].reduce(overlay, chart.defaults);
  // What was a map before is one after.
  const shown = parse(redactYaml(JSON.stringify(next))) as Values;
  return [
    ...(installed.chart === chart.label ? [] : [toChange('chart', installed.chart, chart.label)]),
    ...changesBetween(without(installed.values, chart.libraries), shown),
  ];
}

function unavailable(error: unknown): never {
  if (error instanceof ClusterError || error instanceof LeaseLostError)
    throw new ShopyardError('unavailable', `the cluster can't be read or changed right now: ${error.message}`);
  throw error;
}
