/** What this database has been through, and when last. */
import type { MilestonesTable } from './tables.ts';
import type { Reader } from './database.ts';
import { sqlOf } from './transaction.ts';

export async function hasReached(db: Reader, name: MilestonesTable['name']): Promise<boolean> {
  const row = await db.selectFrom('milestones').select('name').where('name', '=', name).executeTakeFirst();
  return row !== undefined;
}

export async function noteMilestone(db: Reader, row: MilestonesTable): Promise<void> {
  await sqlOf(db)
    .insertInto('milestones')
    .values(row)
    .onConflict((conflict) => conflict.doUpdateSet({ at: row.at }))
    .execute();
}
