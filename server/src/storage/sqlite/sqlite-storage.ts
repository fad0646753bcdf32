/** The storage of one server, in a file that it alone writes. There is one connection, so a change waits for the one before. */
import { Signal } from '../../kit/signal.ts';
import { formatPin } from '@shopyard/contracts';
import type { NewEntry, Storage, UrlOf } from '../storage.ts';
import { firstEntryAt, listActivity } from './activity.ts';
import { createAudit } from './audit/audit.ts';
import { appendEntries, listEntries } from './history.ts';
import { attentionRaised, firstReady, phaseChanges } from './overview.ts';
import { keepWaiting, listOperations, listWaiting, openOperations } from './operations.ts';
import { parseStore } from './parse-store.ts';
import { appendRevision, createRevisionReads } from './revisions.ts';
import { createPeople } from './people/people.ts';
import { createPlans } from './plans.ts';
import { createSpecWrites } from './spec-writes.ts';
import { createStatusWrites } from './status-writes.ts';
import { toFoundRow } from './store-columns.ts';
import { createStoreReads } from './store-reads.ts';
import type { Database, MilestonesTable } from './tables.ts';
import { troubleOf } from './trouble.ts';

const RESTORED: Omit<NewEntry, 'at'> = {
  kind: 'action',
  actor: 'reconciler',
  what: 'rebuilt',
  message: 'found in the cluster; its earlier history was lost with the database',
};

/** `urlOf`: see StoreReads. */
export function createSqliteStorage(db: Database, urlOf: UrlOf): Storage {
  const [people, audit, appended] = [createPeople(db), createAudit(db), new Signal()];
  const noted = async <T>(change: Promise<T>): Promise<T> => {
    const result = await change;
    appended.emit();
    return result;
  };
  return {
    stores: createStoreReads(db, urlOf),

    history: {
      ofStore: (id) => listEntries(db, id),
      phaseChanges: (from) => phaseChanges(db, from),
      firstReady: (from) => firstReady(db, from),
      attentionRaised: (from) => attentionRaised(db, from),
      activity: (query) => listActivity(db, query),
      begins: () => firstEntryAt(db),
    },

    revisions: createRevisionReads(db),
    operations: { list: (id) => listOperations(db, id), listWaiting: () => listWaiting(db) },
    plans: createPlans(db),
    people: { ...people, write: (change) => noted(people.write(change)) },
    audit: {
      ...audit,
      append: (entry) => noted(audit.append(entry)),
      trim: (before, entry) => noted(audit.trim(before, entry)),
      onAppended: (listener) => appended.listen(listener),
    },

    audited: (call, change) =>
      noted(db.transaction().execute((transaction) => change(createSpecWrites(transaction, call, urlOf)))),

    recorded: (change) => db.transaction().execute((transaction) => change(createStatusWrites(transaction, urlOf))),

    async needsRestore() {
      const query = db.selectFrom('milestones').select('name').where('name', '=', 'rebuilt');
      return (await query.executeTakeFirst()) === undefined;
    },

    restore: (found, date) =>
      db.transaction().execute(async (transaction) => {
        const at = date.toISOString();
        const stores = createStoreReads(transaction, urlOf);
        const restored = [];
        for (const spec of found) {
          if ((await stores.find(spec.id)) ?? (await stores.findByName(spec.name))) continue;
          const insert = transaction.insertInto('stores').values(toFoundRow(spec));
          const row = await insert.returningAll().executeTakeFirstOrThrow();
          if (spec.waiting) await keepWaiting(transaction, row, spec.waiting);
          restored.push(parseStore(row, await openOperations(transaction, row.id), urlOf));
          await appendEntries(transaction, spec.id, [{ at, ...RESTORED }]);
          await appendRevision(transaction, row, { at, actor: RESTORED.actor });
        }
        await noteMilestone(transaction, { name: 'rebuilt', at });
        return restored;
      }),

    pinFound: (charts) =>
      db.transaction().execute(async (transaction) => {
        for (const [id, chart] of charts) {
          const update = transaction.updateTable('stores').set({ chart: formatPin(chart) });
          await update.where('id', '=', id).where('chart', 'is', null).execute();
        }
      }),

    assertWritable: (at) => noteMilestone(db, { name: 'checked', at: at.toISOString() }),

    troubleOf,

    close: () => db.destroy(),
  };
}

async function noteMilestone(db: Database, row: MilestonesTable): Promise<void> {
  await db
    .insertInto('milestones')
    .values(row)
    .onConflict((conflict) => conflict.doUpdateSet({ at: row.at }))
    .execute();
}
