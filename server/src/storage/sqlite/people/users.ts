import { isRole } from '@shopyard/contracts';
import type { KeptUser, PeopleWrites, UserReads } from '../../access-storage.ts';
import type { Database, UserRow } from '../tables.ts';

export function createUserReads(db: Database): UserReads {
  const users = () => db.selectFrom('users').selectAll();
  return {
    async find(id) {
      return parseFound(await users().where('id', '=', id).executeTakeFirst());
    },
    async findByName(name) {
      return parseFound(await users().where('name', '=', name).executeTakeFirst());
    },
    list: async () => (await users().orderBy('name').execute()).map(parseUser),
  };
}

export function createUserWrites(db: Database): PeopleWrites['users'] {
  const update = (id: string) => db.updateTable('users').where('id', '=', id);
  return {
    ...createUserReads(db),

    async create({ id, name, role, passwordHash, createdAt }) {
      const row = { id, name, role, password_hash: passwordHash ?? null, disabled_at: null, created_at: createdAt };
      const insert = db.insertInto('users').values(row);
      return parseFound(
        await insert
          .onConflict((conflict) => conflict.column('name').doNothing())
          .returningAll()
          .executeTakeFirst(),
      );
    },

    async change(id, { role, passwordHash }) {
      const set = update(id).set((eb) => ({
        role: role ?? eb.ref('role'),
        password_hash: passwordHash ?? eb.ref('password_hash'),
      }));
      return parseFound(await set.returningAll().executeTakeFirst());
    },

    async disable(id, at) {
      return parseFound(
        await update(id)
          .set({ disabled_at: at ?? null })
          .returningAll()
          .executeTakeFirst(),
      );
    },
  };
}

function parseFound(row: UserRow | undefined): KeptUser | undefined {
  return row && parseUser(row);
}

function parseUser({ id, name, role, password_hash: hash, disabled_at: disabledAt, created_at }: UserRow): KeptUser {
  return {
    id,
    name,
    // One that this version doesn't know may do least.
    role: isRole(role) ? role : 'viewer',
    createdAt: created_at,
    ...(hash === null ? {} : { passwordHash: hash }),
    ...(disabledAt === null ? {} : { disabledAt }),
  };
}
