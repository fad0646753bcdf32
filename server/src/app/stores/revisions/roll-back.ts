/** Goes back to the values of an earlier generation, in a new one: nothing reverts it, and helm knows no other way. */
import { type Caller, issueAt, type Rollback, ShopyardError, type Store } from '@shopyard/contracts';
import { requireEngine } from '@shopyard/engines';
import type { EngineChart } from '../../../chart/engine-charts.ts';
import { pinOf, type Revision } from '../../../domain/revision.ts';
import type { StoreRecord } from '../../../domain/store.ts';
import type { AuditedCall, RevisionReads, Storage } from '../../../storage/storage.ts';
import { atOnceWords, type Timing, waitFor } from '../change-timing.ts';
import { confirmUpgrade } from '../confirm-upgrade.ts';
import { type Known, requireKnown } from '../known-store.ts';
import { refuseValues, type ValueChecks } from '../refuse-values.ts';
import { keepOperators } from '../tenant-values.ts';
import { assertRoomFor } from '../team-quotas.ts';
import { changedChart, changedFields, otherGeneration } from '../update-store.ts';
import { differs, findPrevious, requireRevision } from './find-revision.ts';
import { keepVolumes } from './keep-volumes.ts';

export interface RollbackOptions extends ValueChecks, Pick<Timing, 'window'> {
  storage: Pick<Storage, 'stores' | 'revisions' | 'history' | 'audited'>;
}

interface Request {
  /** As published, for the caller's rights were checked against it. */
  store: Store;
  caller: Caller;
  at: Date;
}

/** Throws ShopyardError. Of two at once, one is told that the generation is another one. */
export async function rollBack(
  options: RollbackOptions,
  { to, generation, reason, confirm, window }: Rollback,
  { store, caller, at }: Request,
): Promise<StoreRecord> {
  const { storage, engines, partsOf } = options;
  const { id, name, engine } = store;
  const known = await requireKnown(options, id);
  const { record } = known;
  const expected = generation ?? record.generation;
  if (record.generation !== expected) throw await otherGeneration(storage, id);
  const target = await findTarget(storage.revisions, record, to);
  const present = { engine: requireEngine(engines, store), claims: partsOf(store).claims, values: record.values };
  const { values: kept } = keepOperators({
    caller,
    engine: present.engine,
    before: record.values,
    asked: target.values,
  });
  const values = keepVolumes(kept, present);
  const chart = chartOf(options, known, target);
  await refuseValues(options, { name, engine, values, chart }, store);
  confirmUpgrade(engines, known, { values, chart, confirm });

  const fields = changedFields(record.values, values, changedChart(record.chart, chart.pin));
  const detail = [`to generation ${target.generation}${fields && ` (${fields})`}`, atOnceWords(record, window)]
    .filter(Boolean)
    .join('; ');
  const call: AuditedCall = { caller, action: 'stores.rollback', at, detail, reason };
  const result = await storage.audited(call, async (writes) => {
    const now = await writes.find(id);
    if (now && now.generation !== expected) return 'other-generation';
    const wait = now && waitFor(now, { window: options.window, atOnce: window === 'now', at });
    const { pin } = chart;
    if (now) await assertRoomFor(options, writes, { before: now, after: { ...now, values, chart: pin }, at });
    if (!wait) return writes.rollBack(id, values, { to: target.generation, chart: pin });
    return writes.keepWaiting(id, {
      kind: 'rollback',
      values,
      chart: pin,
      rolledBackTo: target.generation,
      ...wait,
    });
  });
  if (result === 'other-generation') throw await otherGeneration(storage, id);
  if (!result) throw new ShopyardError('being_deleted', 'the store is being deleted');
  return result;
}

/** That of the revision. Revisions from before charts were noted keep the present one. */
function chartOf({ charts }: RollbackOptions, { record, chart }: Known, target: Revision): EngineChart {
  const pin = pinOf(target);
  const found = pin ? charts.of({ engine: record.engine, chart: pin }) : chart;
  if (found) return found;
  const message = `generation ${target.generation} was made with chart ${pin?.version ?? ''}, which this server does not have: name another one, or change the values`;
  throw new ShopyardError('validation_failed', `to: ${message}`, [issueAt(['to'], message)]);
}

async function findTarget(revisions: RevisionReads, present: StoreRecord, to: number | undefined): Promise<Revision> {
  const found =
    to === undefined
      ? await findPrevious(revisions, present)
      : await requireRevision(revisions, present.id, { field: 'to', generation: to });
  if (found && differs(found, present)) return found;
  const message = found
    ? `generation ${found.generation} has the values and the chart that the store has now: retry the store to apply them again`
    : 'no earlier generation with other values was seen to work: name one with `to`, or update the values';
  throw new ShopyardError('validation_failed', `to: ${message}`, [issueAt(['to'], message)]);
}
