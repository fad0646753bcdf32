/** What turns a row into what a screen sees. */
import type { Store } from '@shopyard/contracts';
import type { Engines } from '@shopyard/engines';
import type { StoreWatch } from '../../cluster/watch.ts';
import { toStore } from '../../domain/present-store.ts';
import { parseStoreRow } from '../../storage/parse-store.ts';
import type { StoreRow } from '../../storage/tables.ts';
import type { Addressee } from '../../store-access/store-url.ts';

export interface PresenterOptions {
  watch: Pick<StoreWatch, 'view'>;
  engines: Engines;
  urlOf: (store: Addressee) => string;
}

export interface Presenter {
  urlOfRow: (row: StoreRow) => string;
  present: (row: StoreRow) => Store;
}

export function createPresenter({ watch, engines, urlOf }: PresenterOptions): Presenter {
  const urlOfRow = ({ name, engine, store_values: values }: StoreRow): string =>
    urlOf({ name, engine, values: parseValues(values) });
  return {
    urlOfRow,
    present: (row) => toStore(parseStoreRow(row, urlOfRow(row)), watch.view(row), engines.get(row.engine)),
  };
}

function parseValues(text: string): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>;
}
