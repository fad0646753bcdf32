/** A store's values, and a preview of others. Changes nothing. */
import { differencesOf, issueAt, type Preview, ShopyardError } from '@shopyard/contracts';
import type { StoreService } from '@shopyard/contracts/services';
import { requireEngine } from '@shopyard/engines';
import { refuseManifest } from '../../chart/check-manifest.ts';
import { manifestOfRecord, refuseRecord } from '../../chart/check-record.ts';
import type { EngineChart } from '../../chart/engine-charts.ts';
import { toReleaseValues } from '../../chart/platform-values.ts';
import type { StoreResources } from '../../cluster/resources.ts';
import type { ReleaseRecord } from '../../domain/observation.ts';
import { redactValue, redactValues, restoreRedacted } from '../../domain/redact-values.ts';
import { helmValuesOf, type StoreRecord } from '../../domain/store.ts';
import type { Helm } from '../../helm/helm.ts';
import { HelmError } from '../../helm/helm-error.ts';
import { assertAllowed } from '../assert-allowed.ts';
import { refuseUnreadable } from '../unreadable.ts';
import { assertEngine } from './assert-engine.ts';
import { compareManifests } from './manifest-changes.ts';
import { refuse, refuseValues, type ValueChecks } from './refuse-values.ts';
import { requireStore } from './require-store.ts';

const PREVIEW_MS = 30_000;

export interface StoreSettingsOptions {
  checks: ValueChecks;
  cluster: Pick<StoreResources, 'readVolumes' | 'releaseRecords'>;
  render: Helm['render'];
}

/** `engine`'s chart and the record, as both belong to each other. */
interface Known {
  record: StoreRecord;
  chart: EngineChart;
}

export function createStoreSettings(options: StoreSettingsOptions): Pick<StoreService, 'values' | 'preview'> {
  const { checks } = options;
  const requireKnown = async (id: string): Promise<Known> => {
    const store = requireStore(checks.liveStores, id);
    assertEngine(checks.engines, store);
    const [record, chart] = [await checks.storage.stores.find(id), checks.charts.get(store.engine)];
    if (!record || !chart) throw new ShopyardError('not_found', `the store ${store.name} is gone`);
    return { record, chart };
  };

  return {
    async values(id) {
      const { record, chart } = await requireKnown(id);
      const effective = chart.toEffective(helmValuesOf(record));
      return { generation: record.generation, own: redactValues(record.values), effective: redactValues(effective) };
    },

    async preview({ id, values: given }, caller) {
      const store = requireStore(checks.liveStores, id);
      assertAllowed('stores.preview', caller, store);
      const known = await requireKnown(id);
      const { name, engine, generation } = known.record;
      const values = restoreRedacted(given, known.record.values);
      await refuseValues(checks, { name, engine, values }, store);
      const next = { ...known.record, values, url: checks.urlOf({ name, engine, values }) };
      return {
        generation,
        values: valuesOf(known, next),
        ...(await objectsOf(options, known, next).catch(refuseUnreadable)),
      };
    },
  };
}

function valuesOf({ record, chart }: Known, next: StoreRecord): Preview['values'] {
  const [before, after] = [record, next].map((store) => chart.toEffective(helmValuesOf(store)));
  return differencesOf(before ?? {}, after ?? {}).map(({ path, ...sides }) => {
    const shown = Object.entries(sides).filter(([, value]) => value !== undefined);
    const name = path.at(-1) ?? '';
    return { path, ...Object.fromEntries(shown.map(([side, value]) => [side, redactValue(name, value)])) };
  });
}

async function objectsOf(
  { checks, cluster, render }: StoreSettingsOptions,
  { record, chart: { platformValues } }: Known,
  next: StoreRecord,
): Promise<Pick<Preview, 'objects' | 'unchanged' | 'restarts' | 'setupRuns'>> {
  const engine = requireEngine(checks.engines, record);
  const { name, namespace } = record;
  const signal = AbortSignal.timeout(PREVIEW_MS);
  const [records, volumes] = await Promise.all([
    cluster.releaseRecords(record, signal),
    cluster.readVolumes(record, signal),
  ]);
  const values = toReleaseValues(platformValues, { own: helmValuesOf(next), volumes });
  const manifest = await render({ name, namespace, chart: engine.chart, values, signal }).catch(refuseRendering);
  const why = refuseManifest(manifest, namespace);
  if (why !== undefined) refuse([issueAt(['values'], `the manifest would be refused: ${why}`)]);
  return compareManifests(engine, installedManifest(records, namespace), manifest);
}

/** That of the release as it runs; `undefined` if none was ever deployed. */
function installedManifest(records: readonly ReleaseRecord[], namespace: string): string | undefined {
  const newest = records.toSorted((a, b) => b.revision - a.revision);
  const installed = newest.find(({ status }) => status === 'deployed') ?? newest[0];
  if (!installed) return undefined;
  const why = refuseRecord(installed.data, namespace);
  if (why !== undefined) throw new ShopyardError('unavailable', `helm's record ${installed.name} is refused: ${why}`);
  return manifestOfRecord(installed.data);
}

function refuseRendering(error: unknown): never {
  if (error instanceof HelmError && error.kind === 'invalid-values') refuse([issueAt(['values'], error.message)]);
  throw error;
}
