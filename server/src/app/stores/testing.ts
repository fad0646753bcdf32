/** What tests of calls work with: a real storage in memory, and a cluster in which nothing is. */
import type { Caller, Store, StoreParts } from '@shopyard/contracts';
import { engines } from '@shopyard/engines';
import { type EngineCharts, readEngineCharts } from '../../chart/engine-charts.ts';
import { toParts } from '../../domain/present-parts.ts';
import { toStore } from '../../domain/present-store.ts';
import { EMPTY_VIEW, readyView, WOOCOMMERCE } from '../../domain/testing.ts';
import { Hub } from '../../live/hub.ts';
import { LiveStores } from '../../live/live-stores.ts';
import { openDatabase } from '../../storage/sqlite/database.ts';
import { createSqliteStorage } from '../../storage/sqlite/sqlite-storage.ts';
import type { Storage } from '../../storage/storage.ts';
import type { StoreCallsOptions } from './store-calls.ts';

export type CallChecks = StoreCallsOptions & { storage: Storage };

const charts: EngineCharts = readEngineCharts(engines);

export function callerOf(name: string, idempotencyKey?: string): Caller {
  return { user: { name }, roles: ['admin'], via: 'rest', idempotencyKey };
}

export async function openCallChecks(now: () => Date): Promise<CallChecks> {
  const urlOf = ({ name }: { name: string }): string => `http://${name}.localhost`;
  const cluster = { kind: 'embedded', synced: true } as const;
  return {
    storage: createSqliteStorage(await openDatabase(':memory:'), urlOf),
    liveStores: new LiveStores(new Hub(), { version: '0', storeUrl: '', engines: [], cluster }),
    engines,
    charts,
    whyUnavailable: (): undefined => undefined,
    partsOf: (): StoreParts => toParts(readyView()),
    urlOf,
    present: (record): Store => toStore(record, EMPTY_VIEW, WOOCOMMERCE),
    reconciler: { add: () => undefined, interrupt: () => undefined },
    recovered: () => Promise.resolve(),
    now,
    window: undefined,
  };
}
