import type { TeamLimits } from '@shopyard/contracts';
import type { KeptTeam, PeopleWrites, TeamReads } from '../../access-storage.ts';
import type { Database } from '../tables.ts';

export function createTeamReads(db: Database): TeamReads {
  return {
    async find(id) {
      const row = await db.selectFrom('teams').selectAll().where('id', '=', id).executeTakeFirst();
      return row && parseTeam(row);
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

/** As the writes above left it. */
function parseTeam({ id, limits }: { id: string; limits: string }): KeptTeam {
  return { id, limits: JSON.parse(limits) as TeamLimits };
}
