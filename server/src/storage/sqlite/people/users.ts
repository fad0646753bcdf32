import { ROLES } from '@shopyard/contracts';
import type { KeptUser, PeopleWrites, UserReads } from '../../access-storage.ts';
import type { MembershipsTable } from '../people-tables.ts';
import type { Database, UserRow } from '../tables.ts';

export function createUserReads(db: Database): UserReads {
  const users = () => db.selectFrom('users').selectAll();
  return {
    find: async (id) => withTeams(db, await users().where('id', '=', id).executeTakeFirst()),
    findByName: async (name) => withTeams(db, await users().where('name', '=', name).executeTakeFirst()),
    async list() {
      const memberships = await db.selectFrom('memberships').selectAll().execute();
      const byUser = Map.groupBy(memberships, ({ user_id: id }) => id);
      const identities = await db.selectFrom('identities').select('user_id').execute();
      const external = new Set(identities.map(({ user_id: id }) => id));
      const rows = await users().orderBy('name').execute();
      return rows.map((row) => parseUser(row, byUser.get(row.id) ?? [], external.has(row.id)));
    },
  };
}

export function createUserWrites(db: Database): PeopleWrites['users'] {
  const update = (id: string) => db.updateTable('users').where('id', '=', id);
  const add = (membership: MembershipsTable) => db.insertInto('memberships').values(membership).execute();
  const setRole: PeopleWrites['users']['setRole'] = async (id, team, role) => {
    const given = db.deleteFrom('memberships').where('user_id', '=', id).where('source', '=', 'local');
    await given.where('team_id', '=', team).execute();
    if (role) await add({ user_id: id, team_id: team, source: 'local', role });
  };
  return {
    ...createUserReads(db),
    setRole,

    async grant(id, { admin, teams }) {
      await update(id)
        .set({ provider_admin: admin ? 1 : 0 })
        .execute();
      await db.deleteFrom('memberships').where('user_id', '=', id).where('source', '=', 'oidc').execute();
      for (const [team, role] of Object.entries(teams)) await add({ user_id: id, team_id: team, source: 'oidc', role });
    },

    async create({ id, name, admin, teams, passwordHash, createdAt }) {
      const row = {
        id,
        name,
        admin: admin ? 1 : 0,
        provider_admin: 0,
        password_hash: passwordHash ?? null,
        disabled_at: null,
        created_at: createdAt,
      };
      const insert = db.insertInto('users').values(row);
      const made = await insert
        .onConflict((conflict) => conflict.column('name').doNothing())
        .returningAll()
        .executeTakeFirst();
      if (made) for (const [team, role] of Object.entries(teams)) await setRole(id, team, role);
      return withTeams(db, made);
    },

    async change(id, { admin, passwordHash }) {
      const set = update(id).set((eb) => ({
        admin: admin === undefined ? eb.ref('admin') : admin ? 1 : 0,
        password_hash: passwordHash ?? eb.ref('password_hash'),
      }));
      return withTeams(db, await set.returningAll().executeTakeFirst());
    },

    disable: async (id, at) =>
      withTeams(
        db,
        await update(id)
          .set({ disabled_at: at ?? null })
          .returningAll()
          .executeTakeFirst(),
      ),
  };
}

async function withTeams(db: Database, row: UserRow | undefined): Promise<KeptUser | undefined> {
  if (!row) return undefined;
  const memberships = db.selectFrom('memberships').selectAll().where('user_id', '=', row.id);
  const identity = db.selectFrom('identities').select('user_id').where('user_id', '=', row.id);
  return parseUser(row, await memberships.execute(), (await identity.executeTakeFirst()) !== undefined);
}

function parseUser(row: UserRow, memberships: readonly MembershipsTable[], external: boolean): KeptUser {
  const {
    id,
    name,
    admin,
    provider_admin: providerAdmin,
    password_hash: hash,
    disabled_at: disabledAt,
    created_at: createdAt,
  } = row;
  return {
    id,
    name,
    admin: admin === 1 || providerAdmin === 1,
    teams: Object.fromEntries(memberships.toSorted(byRole).map(({ team_id: team, role }) => [team, role])),
    createdAt,
    ...(external ? { external } : {}),
    ...(hash === null ? {} : { passwordHash: hash }),
    ...(disabledAt === null ? {} : { disabledAt }),
  };
}

/** The highest last. */
function byRole(a: MembershipsTable, b: MembershipsTable): number {
  return ROLES[a.role].length - ROLES[b.role].length;
}
