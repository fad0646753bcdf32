/** Creates a store's record, its history and the caller's idempotency key in one transaction. */
import { newId } from '../../kit/new-id.ts';
import {
  type Caller,
  type CreateStore,
  DEFAULT_TEAM,
  issueAt,
  namespaceOfStore,
  ShopyardError,
  storeProfileSchema,
} from '@shopyard/contracts';
import type { StoreRecord } from '../../domain/store.ts';
import type { NewStore, Storage } from '../../storage/storage.ts';
import { assertRoom, type LoadSources } from './team-quotas.ts';

/** Returns the new record, or the one that the first create under the same key produced. Throws ShopyardError. */
export function createStore(
  storage: Pick<Storage, 'audited'>,
  input: CreateStore & Pick<NewStore, 'chart'>,
  { caller, at, team, sources }: { caller: Caller; at: Date; team: string; sources: LoadSources },
): Promise<{ record: StoreRecord; created: boolean }> {
  const { chart, ...asked } = input;
  const request = JSON.stringify(asked);
  return storage.audited({ caller, action: 'stores.create', at }, async (writes) => {
    const known = await writes.findCreated();
    if (known) {
      if (known.request !== request) {
        throw new ShopyardError(
          'idempotency_mismatch',
          'this Idempotency-Key was used for another request: use a new one',
        );
      }
      return { record: known.store, created: false };
    }
    refuseTaken(await writes.findByName(input.name), input.name);
    const store = {
      id: newId('st'),
      name: input.name,
      namespace: namespaceOfStore(input.name),
      engine: input.engine,
      values: input.values,
      profile: storeProfileSchema.parse({ ...input, team: team === DEFAULT_TEAM ? undefined : team }),
      chart,
      createdAt: at.toISOString(),
      createdBy: caller.user.name,
    };
    await assertRoom(sources, writes, { team, after: { ...store, waiting: undefined }, at });
    return { record: await writes.create(store, request), created: true };
  });
}

/** Throws ShopyardError `name_taken` if there is such a store. */
export function refuseTaken(taken: StoreRecord | undefined, name: string): void {
  if (!taken) return;
  const remedy = taken.desired === 'absent' ? 'it is being deleted: try again when it is gone' : 'choose another name';
  throw new ShopyardError('name_taken', `a store named "${name}" exists: ${remedy}`, [issueAt(['name'], remedy)]);
}
