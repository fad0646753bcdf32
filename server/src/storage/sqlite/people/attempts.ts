import type { KeptAttempts } from '../../access-storage.ts';
import type { Database } from '../tables.ts';

/** Forgetting old keys for new ones would let an attacker push out what counts against them. */
const MOST_KEYS = 100_000;

export function createAttempts(db: Database): KeptAttempts {
  const of = (key: string) => db.selectFrom('attempts').selectAll().where('key', '=', key);
  return {
    count: (key, { most, withinMs }, date) =>
      db.transaction().execute(async (transaction) => {
        const at = date.toISOString();
        const until = new Date(date.getTime() + withinMs).toISOString();
        await transaction.deleteFrom('attempts').where('key', '=', key).where('until', '<=', at).execute();
        const known = await transaction.selectFrom('attempts').selectAll().where('key', '=', key).executeTakeFirst();
        if (!known && (await isFull(transaction, at))) return new Date(until);
        if (known && known.count >= most) return new Date(known.until);
        await transaction
          .insertInto('attempts')
          .values({ key, count: 1, until })
          .onConflict((conflict) => conflict.doUpdateSet((eb) => ({ count: eb('attempts.count', '+', 1) })))
          .execute();
        return undefined;
      }),

    async forgive(key) {
      if (!(await of(key).executeTakeFirst())) return;
      await db
        .updateTable('attempts')
        .set((eb) => ({ count: eb('count', '-', 1) }))
        .where('key', '=', key)
        .execute();
    },

    forget: async (key) => void (await db.deleteFrom('attempts').where('key', '=', key).execute()),
  };
}

async function isFull(db: Database, at: string): Promise<boolean> {
  const keys = async (): Promise<number> => {
    const { count } = await db
      .selectFrom('attempts')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return count;
  };
  if ((await keys()) < MOST_KEYS) return false;
  await db.deleteFrom('attempts').where('until', '<=', at).execute();
  return (await keys()) >= MOST_KEYS;
}
