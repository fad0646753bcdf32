import type { KeptServiceAccount, PeopleWrites, ServiceAccountReads } from '../../access-storage.ts';
import type { ServiceAccountsTable } from '../people-tables.ts';
import type { Database } from '../tables.ts';

export function createServiceAccountReads(db: Database): ServiceAccountReads {
  const accounts = () => db.selectFrom('service_accounts').selectAll();
  return {
    async find(id) {
      const row = await accounts().where('id', '=', id).executeTakeFirst();
      return row && parseAccount(row);
    },
    ofTeam: async (team) => (await accounts().where('team_id', '=', team).orderBy('name').execute()).map(parseAccount),
  };
}

export function createServiceAccountWrites(db: Database): PeopleWrites['serviceAccounts'] {
  return {
    ...createServiceAccountReads(db),
    async create({ id, team, name, createdAt }) {
      const insert = db.insertInto('service_accounts').values({ id, team_id: team, name, created_at: createdAt });
      const made = insert.onConflict((conflict) => conflict.columns(['team_id', 'name']).doNothing()).returning('id');
      return (await made.executeTakeFirst()) !== undefined;
    },
    async remove(id) {
      await db.deleteFrom('tokens').where('service_account_id', '=', id).execute();
      await db.deleteFrom('service_accounts').where('id', '=', id).execute();
    },
  };
}

const parseAccount = ({
  id,
  team_id: team,
  name,
  created_at: createdAt,
}: ServiceAccountsTable): KeptServiceAccount => ({
  id,
  team,
  name,
  createdAt,
});
