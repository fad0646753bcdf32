/** No backup brings a database back, so whoever may change one for good confirms it by the store's name. */
import { ShopyardError, type Store } from '@shopyard/contracts';
import { requireEngine } from '@shopyard/engines';
import type { Storage } from '../../storage/storage.ts';
import type { ValueChecks } from './refuse-values.ts';

interface Wanted {
  /** The store's own. */
  values: Record<string, unknown>;
  confirm: string | undefined;
}

/** Throws ShopyardError `confirmation_needed`, which says what to send. */
export async function confirmUpgrade(
  { storage, engines, charts }: Pick<ValueChecks, 'engines' | 'charts'> & { storage: Pick<Storage, 'stores'> },
  { values, confirm }: Wanted,
  store: Pick<Store, 'id' | 'name' | 'engine'>,
): Promise<void> {
  const { id, name } = store;
  const record = await storage.stores.find(id);
  const chart = charts.get(store.engine);
  // Nothing is lost with the database of a store that never worked.
  if (!record?.readyAt || !chart || confirm === name) return;
  const [before, after] = [chart.toEffective(record.values), chart.toEffective(values)];
  const upgrades = requireEngine(engines, store).upgrades({ before, after, reported: record.versions ?? {} });
  if (upgrades.length === 0) return;
  throw new ShopyardError(
    'confirmation_needed',
    `${upgrades.join(', ')}: this may change the database, and there is no backup to go back to. Nothing was applied: to go on, repeat the call with confirm: "${name}"`,
  );
}
