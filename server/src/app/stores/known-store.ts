/** A store's record with its engine's chart. */
import { ShopyardError } from '@shopyard/contracts';
import type { EngineChart } from '../../chart/engine-charts.ts';
import type { StoreRecord } from '../../domain/store.ts';
import { assertEngine } from './assert-engine.ts';
import type { ValueChecks } from './refuse-values.ts';
import { requireStore } from './require-store.ts';

export interface Known {
  record: StoreRecord;
  /** The one that it is kept at, or the present one if that is missing. */
  chart: EngineChart;
  isMissing: boolean;
}

/** Throws ShopyardError `not_found`; `unavailable` for an engine that this server lacks. */
export async function requireKnown(checks: ValueChecks, id: string): Promise<Known> {
  const store = requireStore(checks.liveStores, id);
  assertEngine(checks.engines, store);
  const record = await checks.storage.stores.find(id);
  const kept = record && checks.charts.of(record);
  const chart = kept ?? checks.charts.get(store.engine);
  if (!record || !chart) throw new ShopyardError('not_found', `the store ${store.name} no longer exists`);
  return { record, chart, isMissing: !kept };
}
