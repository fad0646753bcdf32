/**
 * Stores from before there were pins stay with the chart of their release. One that was never installed gets the present
 * chart, and so does one whose chart had another name, since no such chart was ever packed.
 */
import type { ChartPin } from '@shopyard/contracts';
import { chartOfRecord } from '../../chart/check-record.ts';
import type { EngineChart, EngineCharts } from '../../chart/engine-charts.ts';
import type { StoreResources } from '../../cluster/resources.ts';
import type { ReleaseRecord } from '../../domain/observation.ts';
import type { Storage } from '../../storage/storage.ts';

const READ_MS = 15_000;

export interface PinOptions {
  storage: Pick<Storage, 'stores' | 'pinFound'>;
  cluster: Pick<StoreResources, 'releaseRecords'>;
  charts: Pick<EngineCharts, 'get' | 'of'>;
}

/** What it returns throws ClusterError; stores pinned before that stay pinned. */
export function createPinCharts(options: PinOptions): () => Promise<void> {
  return () => pinCharts(options);
}

async function pinCharts({ storage, cluster, charts }: PinOptions): Promise<void> {
  const stores = await storage.stores.list();
  for (const store of stores.filter(({ chart, desired }) => !chart && desired !== 'absent')) {
    const present = charts.get(store.engine);
    if (!present) continue;
    const version = installedVersion(await cluster.releaseRecords(store, AbortSignal.timeout(READ_MS)), present);
    const pin = version === undefined ? present.pin : toPin(charts, store.engine, version);
    await storage.pinFound(new Map([[store.id, pin]]));
  }
}

/** `undefined` without a release of this engine's chart. */
function installedVersion(records: readonly ReleaseRecord[], { chart }: EngineChart): string | undefined {
  const newest = records.toSorted((a, b) => b.revision - a.revision);
  const installed = newest.find(({ status }) => status === 'deployed') ?? newest[0];
  const found = installed && chartOfRecord(installed.data);
  return found?.name === chart.name ? found.version : undefined;
}

/** With a digest if this server has that chart, so that it stays that very one. */
function toPin(charts: PinOptions['charts'], engine: string, version: string): ChartPin {
  const present = charts.get(engine)?.pin;
  if (present?.version === version) return present;
  return charts.of({ engine, chart: { version } })?.pin ?? { version };
}
