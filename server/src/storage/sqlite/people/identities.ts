import type { PeopleWrites } from '../../access-storage.ts';
import type { Database } from '../tables.ts';

export function createIdentityWrites(db: Database): PeopleWrites['identities'] {
  return {
    async userOf({ issuer, subject }) {
      const known = db.selectFrom('identities').select('user_id');
      return (await known.where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirst())?.user_id;
    },
    async add({ issuer, subject }, userId) {
      await db.insertInto('identities').values({ issuer, subject, user_id: userId }).execute();
    },
  };
}
