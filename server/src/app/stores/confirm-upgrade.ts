/** No backup brings a database back, so whoever may change one for good confirms it by the store's name. */
import { issueAt, ShopyardError } from '@shopyard/contracts';
import { type DatabaseChange, type Engine, type Engines, requireEngine } from '@shopyard/engines';
import type { EngineChart } from '../../chart/engine-charts.ts';
import type { StoreRecord } from '../../domain/store.ts';

interface Present {
  record: Pick<StoreRecord, 'name' | 'engine' | 'values' | 'versions' | 'readyAt'>;
  chart: Pick<EngineChart, 'toEffective'>;
}

interface Wanted extends Pick<Present, 'chart'> {
  /** The store's own. */
  values: Record<string, unknown>;
  confirm?: string | undefined;
}

/** What other own values, or another chart, would change in the store's database. Nothing is lost with that of a store that never worked. */
export function databaseChangesOf(
  engine: Pick<Engine, 'databaseChanges'>,
  { record, chart }: Present,
  next: Omit<Wanted, 'confirm'>,
): DatabaseChange[] {
  if (!record.readyAt) return [];
  const reported = record.versions ?? {};
  const [before, after] = [chart.toEffective(record.values), next.chart.toEffective(next.values)];
  return engine.databaseChanges({ before, after, reported });
}

/** Throws ShopyardError `confirmation_needed`, which says what to send. */
export function confirmUpgrade(engines: Engines, present: Present, { confirm, ...next }: Wanted): void {
  const { name } = present.record;
  if (confirm === name) return;
  const changes = databaseChangesOf(requireEngine(engines, present.record), present, next);
  if (changes.length === 0) return;
  const why = `${changes.map(({ what }) => what).join(', ')}: this may change the database, and there is no backup to go back to`;
  throw new ShopyardError(
    'confirmation_needed',
    `${why}. Nothing was applied: to go on, repeat the call with confirm: "${name}"`,
    [issueAt(['confirm'], why)],
  );
}
