/** Goes back to the values of an earlier generation, in a new one: nothing reverts it, and helm knows no other way. */
import { type Caller, issueAt, type Rollback, ShopyardError, type Store } from '@shopyard/contracts';
import { requireEngine } from '@shopyard/engines';
import type { Revision } from '../../../domain/revision.ts';
import type { StoreRecord } from '../../../domain/store.ts';
import type { AuditedCall, RevisionReads, Storage } from '../../../storage/storage.ts';
import { type Timing, openingFor } from '../change-timing.ts';
import { confirmUpgrade } from '../confirm-upgrade.ts';
import { requireKnown } from '../known-store.ts';
import { refuseValues, type ValueChecks } from '../refuse-values.ts';
import { AT_ONCE, changedFields, otherGeneration } from '../update-store.ts';
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
  const { record, chart } = await requireKnown(options, id);
  const expected = generation ?? record.generation;
  if (record.generation !== expected) throw await otherGeneration(storage, id);
  const target = await findTarget(storage.revisions, record, to);
  const present = { engine: requireEngine(engines, store), claims: partsOf(store).claims, values: record.values };
  const values = keepVolumes(target.values, present);
  await refuseValues(options, { name, engine, values }, store);
  confirmUpgrade(engines, { record, chart }, { values, confirm });

  const fields = changedFields(record.values, values);
  const detail = [`to generation ${target.generation}${fields && ` (${fields})`}`, window && AT_ONCE]
    .filter(Boolean)
    .join('; ');
  const call: AuditedCall = { caller, action: 'stores.rollback', at, detail, reason };
  const result = await storage.audited(call, async (writes) => {
    const now = await writes.find(id);
    if (now && now.generation !== expected) return 'other-generation';
    const opening = now && openingFor(now, { window: options.window, atOnce: window === 'now', at });
    if (!opening) return writes.rollBack(id, values, target.generation);
    return writes.keepWaiting(id, { kind: 'rollback', values, rolledBackTo: target.generation, ...opening });
  });
  if (result === 'other-generation') throw await otherGeneration(storage, id);
  if (!result) throw new ShopyardError('being_deleted', 'the store is being deleted');
  return result;
}

async function findTarget(revisions: RevisionReads, present: StoreRecord, to: number | undefined): Promise<Revision> {
  const found =
    to === undefined
      ? await findPrevious(revisions, present)
      : await requireRevision(revisions, present.id, { field: 'to', generation: to });
  if (found && differs(found, present)) return found;
  const message = found
    ? `generation ${found.generation} has the values that the store has now: retry the store to apply them again`
    : 'no earlier generation with other values was seen to work: name one with `to`, or update the values';
  throw new ShopyardError('validation_failed', `to: ${message}`, [issueAt(['to'], message)]);
}
