/** What turns a record into what a screen sees. */
import type { Store } from '@shopyard/contracts';
import type { Engines } from '@shopyard/engines';
import type { EngineCharts } from '../../chart/engine-charts.ts';
import type { StoreWatch } from '../../cluster/watch.ts';
import { toStore } from '../../domain/present-store.ts';
import type { StoreRecord } from '../../domain/store.ts';

export type Present = (record: StoreRecord) => Store;

export function createPresent(
  watch: Pick<StoreWatch, 'view'>,
  { engines, charts }: { engines: Engines; charts: Pick<EngineCharts, 'offer'> },
): Present {
  return (record) => charts.offer(toStore(record, watch.view(record), engines.get(record.engine)));
}
