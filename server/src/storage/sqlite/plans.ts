/** Plans of changes, for as long as they are valid. */
import type { PlanStore } from '@shopyard/contracts';
import { sql } from 'kysely';
import type { KeptPlans } from '../storage.ts';
import type { Database } from './tables.ts';

/** Each may be as large as a request: older ones make room. */
const MOST = 200;

export function createPlans(db: Database): KeptPlans {
  return {
    keep: ({ id, input, generation, refused, actor, expiresAt }, at) =>
      db.transaction().execute(async (transaction) => {
        const latest = transaction
          .selectFrom('plans')
          .select('id')
          .orderBy('expires_at', 'desc')
          // Of several in one millisecond, the one that came last.
          .orderBy(sql`rowid`, 'desc')
          .limit(MOST - 1);
        await transaction
          .deleteFrom('plans')
          .where((eb) => eb.or([eb('expires_at', '<=', at.toISOString()), eb('id', 'not in', latest)]))
          .execute();
        const row = {
          id,
          generation,
          actor,
          input: JSON.stringify(input),
          refused: refused ?? null,
          expires_at: expiresAt,
        };
        await transaction.insertInto('plans').values(row).execute();
      }),

    async find(id, at) {
      const query = db.selectFrom('plans').selectAll().where('id', '=', id).where('expires_at', '>', at.toISOString());
      const row = await query.executeTakeFirst();
      if (!row) return undefined;
      const { generation, actor, refused, expires_at: expiresAt } = row;
      return { id, generation, actor, expiresAt, refused: refused ?? undefined, input: parseInput(row.input) };
    },
  };
}

/** As `keep` wrote it. */
function parseInput(text: string): PlanStore {
  return JSON.parse(text) as PlanStore;
}
