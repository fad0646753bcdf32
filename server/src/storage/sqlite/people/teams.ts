import type { TeamLimits } from '@shopyard/contracts';
import type { KeptTeam, PeopleWrites, TeamReads } from '../../access-storage.ts';
import type { Database } from '../tables.ts';

export function createTeamReads(db: Database): TeamReads {
  return {
    async find(id) {
      const row = await db.selectFrom('teams').selectAll().where('id', '=', id).executeTakeFirst();
      return row && parseTeam(row);
    },
    async creates(id, since) {
      const query = db.selectFrom('creates').select('at').where('team', '=', id);
      const rows = await query.where('at', '>', since.toISOString()).orderBy('at').execute();
      return rows.map(({ at }) => at);
    },
    list: async () => (await db.selectFrom('teams').selectAll().orderBy('id').execute()).map(parseTeam),
  };
}

export function createTeamWrites(db: Database): PeopleWrites['teams'] {
  return {
    ...createTeamReads(db),
    async create({ id, limits }, at) {
      const insert = db.insertInto('teams').values({ id, limits: JSON.stringify(limits), created_at: at });
      const made = await insert
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return made !== undefined;
    },
    async change({ id, limits }) {
      const update = db
        .updateTable('teams')
        .set({ limits: JSON.stringify(limits) })
        .where('id', '=', id);
      return (await update.returning('id').executeTakeFirst()) !== undefined;
    },
  };
}

const KEPT_MS = 3_600_000;

/** Forgets those of all teams that count no more. `at`: ISO 8601. */
export async function noteCreate(db: Database, team: string, at: string): Promise<void> {
  const over = new Date(Date.parse(at) - KEPT_MS).toISOString();
  await db.deleteFrom('creates').where('at', '<=', over).execute();
  await db.insertInto('creates').values({ team, at }).execute();
}

/** As the writes above left it. */
function parseTeam({ id, limits }: { id: string; limits: string }): KeptTeam {
  return { id, limits: JSON.parse(limits) as TeamLimits };
}
