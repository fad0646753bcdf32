/** Creates a store's row, its history and the caller's idempotency key in one transaction. */
import { randomBytes } from 'node:crypto';
import { type Caller, type CreateStore, namespaceOfStore, ShopyardError } from '@shopyard/contracts';
import type { Database } from '../../storage/database.ts';
import { findKey, insertKey } from '../../storage/idempotency.repository.ts';
import { insertStore } from '../../storage/store-changes.repository.ts';
import { findStore, findStoreByName } from '../../storage/store.repository.ts';
import type { StoreRow } from '../../storage/tables.ts';
import { transact } from '../../storage/transaction.ts';

/** Returns the new row, or the one that the first create under the same key produced. Throws ShopyardError. */
export function createStore(
  db: Database,
  input: CreateStore,
  { caller, now }: { caller: Caller; now: Date },
): Promise<{ row: StoreRow; created: boolean }> {
  const request = JSON.stringify(input);
  const at = now.toISOString();
  const { idempotencyKey: key } = caller;
  return transact(db, async (transaction) => {
    const known = key === undefined ? undefined : await findKey(transaction, { caller: caller.user.name, key }, now);
    if (known) {
      if (known.request !== request) {
        throw new ShopyardError(
          'idempotency_mismatch',
          'this Idempotency-Key was used for another request: use a new one',
        );
      }
      const row = await findStore(transaction, known.store_id);
      if (row) return { row, created: false };
    }
    const taken = await findStoreByName(transaction, input.name);
    if (taken) {
      const remedy =
        taken.desired === 'absent' ? 'it is being deleted: try again when it is gone' : 'choose another name';
      throw new ShopyardError('name_taken', `a store named "${input.name}" exists: ${remedy}`, [
        { field: 'name', message: remedy },
      ]);
    }
    const store = {
      id: `st_${randomBytes(8).toString('hex')}`,
      name: input.name,
      namespace: namespaceOfStore(input.name),
      engine: input.engine,
      store_values: JSON.stringify(input.values),
      generation: 1,
      desired: 'present' as const,
      created_at: at,
      created_by: caller.user.name,
      phase: 'Queued',
      conditions: '[]',
      observed_generation: 0,
      verified_revision: 0,
    };
    const row = await insertStore(transaction, store, [
      { at, kind: 'call', actor: caller.user.name, what: 'create', message: '' },
      { at, kind: 'phase', actor: caller.user.name, what: 'Queued', message: '' },
    ]);
    if (key !== undefined)
      await insertKey(transaction, { caller: caller.user.name, key, request, store_id: row.id, created_at: at });
    return { row, created: true };
  });
}
