/** What is pushed to every screen, and what turns a record into what a screen sees. */
import type { Platform, Store } from '@shopyard/contracts';
import type { Engines } from '@shopyard/engines';
import type { StoreWatch } from '../cluster/watch.ts';
import { toStore } from '../domain/present-store.ts';
import { Hub } from '../live/hub.ts';
import { LiveStores } from '../live/live-stores.ts';
import { parseStoreRow } from '../storage/parse-store.ts';
import type { StoreRow } from '../storage/tables.ts';
import type { Addressee } from '../store-access/store-url.ts';

export interface Live {
  hub: Hub;
  board: LiveStores;
  urlOfRow: (row: StoreRow) => string;
  present: (row: StoreRow) => Store;
}

interface LiveOptions {
  cluster: { watch: Pick<StoreWatch, 'view'> };
  engines: Engines;
  urlOf: (store: Addressee) => string;
  /** Until the server's health is known. */
  platform: Platform;
}

export function createLive({ cluster, engines, urlOf, platform }: LiveOptions): Live {
  const hub = new Hub();
  const urlOfRow = ({ name, engine, store_values: values }: StoreRow): string =>
    urlOf({ name, engine, values: JSON.parse(values) as Record<string, unknown> });
  return {
    hub,
    board: new LiveStores(hub, platform),
    urlOfRow,
    present: (row) => toStore(parseStoreRow(row, urlOfRow(row)), cluster.watch.view(row), engines.get(row.engine)),
  };
}
