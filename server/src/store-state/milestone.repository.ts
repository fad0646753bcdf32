/** What this database has been through, and when last. */
import type { Database } from './database.ts';
import type { MilestonesTable } from './tables.ts';

export async function hasReached(db: Database, name: MilestonesTable['name']): Promise<boolean> {
  const row = await db.selectFrom('milestones').select('name').where('name', '=', name).executeTakeFirst();
  return row !== undefined;
}

export async function noteMilestone(db: Database, row: MilestonesTable): Promise<void> {
  await db
    .insertInto('milestones')
    .values(row)
    .onConflict((conflict) => conflict.doUpdateSet({ at: row.at }))
    .execute();
}
