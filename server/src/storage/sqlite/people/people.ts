/** Who is let in. */
import type { People } from '../../access-storage.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Database } from '../tables.ts';
import { createAttempts } from './attempts.ts';
import { createCodeWrites, createSessionReads, createSessionWrites } from './sessions.ts';
import { createIdentityWrites } from './identities.ts';
import { createServiceAccountReads, createServiceAccountWrites } from './service-accounts.ts';
import { createTeamReads, createTeamWrites } from './teams.ts';
import { createTokenReads, createTokenWrites } from './tokens.ts';
import { createUserReads, createUserWrites } from './users.ts';

export function createPeople(db: Database): People {
  return {
    users: createUserReads(db),
    teams: createTeamReads(db),
    sessions: createSessionReads(db),
    tokens: createTokenReads(db),
    serviceAccounts: createServiceAccountReads(db),
    attempts: createAttempts(db),
    write: (change) =>
      db.transaction().execute((transaction) =>
        change({
          audit: (entry) => appendAudit(transaction, entry),
          users: createUserWrites(transaction),
          identities: createIdentityWrites(transaction),
          teams: createTeamWrites(transaction),
          sessions: createSessionWrites(transaction),
          tokens: createTokenWrites(transaction),
          serviceAccounts: createServiceAccountWrites(transaction),
          codes: createCodeWrites(transaction),
        }),
      ),
  };
}
