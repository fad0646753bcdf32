/** What a team's programs act as. Its owners and administrators manage it. */
import { ShopyardError, type ServiceAccount } from '@shopyard/contracts';
import type { AccessService } from '@shopyard/contracts/services';
import { createDeeds } from '../../domain/audit-entry.ts';
import { newId } from '../../kit/new-id.ts';
import type { KeptServiceAccount, ServiceAccountReads, TokenReads } from '../../storage/access-storage.ts';
import { describeToken, newToken, toToken } from './new-token.ts';
import { assertManages, requireTeam } from './teams.ts';
import type { TokensOptions } from './tokens.ts';

export type ServiceAccounts = Pick<
  AccessService,
  'serviceAccounts' | 'createServiceAccount' | 'removeServiceAccount' | 'createServiceToken' | 'revokeServiceToken'
>;

export function createServiceAccounts({ people, now, onRevoked }: TokensOptions): ServiceAccounts {
  const deed = createDeeds(now);
  return {
    async serviceAccounts(team, caller) {
      assertManages(caller, team);
      await requireTeam(people.teams, team);
      const accounts = await people.serviceAccounts.ofTeam(team);
      return Promise.all(accounts.map((account) => withTokens(people.tokens, account)));
    },

    async createServiceAccount({ team, name }, caller) {
      assertManages(caller, team);
      const account = { id: newId('sa'), team, name, createdAt: now().toISOString() };
      await people.write(async (writes) => {
        await requireTeam(writes.teams, team);
        if (!(await writes.serviceAccounts.create(account)))
          throw new ShopyardError('name_taken', `the team ${team} has a service account ${name}: choose another name`);
        await writes.audit(
          deed('access.createServiceAccount', caller, { object: account.id, detail: `${team}/${name}` }),
        );
      });
      return { ...account, tokens: [] };
    },

    async removeServiceAccount({ team, id }, caller) {
      assertManages(caller, team);
      await people.write(async (writes) => {
        const { name } = await requireAccount(writes.serviceAccounts, { team, id });
        await writes.serviceAccounts.remove(id);
        await writes.audit(deed('access.removeServiceAccount', caller, { object: id, detail: `${team}/${name}` }));
      });
      onRevoked();
      return {};
    },

    async createServiceToken({ team, id, ...input }, caller) {
      assertManages(caller, team);
      const { token, secret } = newToken({ ...input, team }, { owner: { serviceAccountId: id }, at: now() });
      await people.write(async (writes) => {
        const { name } = await requireAccount(writes.serviceAccounts, { team, id });
        await writes.tokens.add(token);
        const detail = `${team}/${name}: ${describeToken(token)}`;
        await writes.audit(deed('access.createServiceToken', caller, { object: token.id, detail }));
      });
      return { ...toToken(token), secret };
    },

    async revokeServiceToken({ team, id, token }, caller) {
      assertManages(caller, team);
      await people.write(async (writes) => {
        const { name } = await requireAccount(writes.serviceAccounts, { team, id });
        if (!(await writes.tokens.revoke(token, { serviceAccountId: id })))
          throw new ShopyardError('not_found', `the service account ${name} has no token with this id`);
        await writes.audit(deed('access.revokeServiceToken', caller, { object: token, detail: `${team}/${name}` }));
      });
      onRevoked();
      return {};
    },
  };
}

async function withTokens(tokens: TokenReads, account: KeptServiceAccount): Promise<ServiceAccount> {
  return { ...account, tokens: (await tokens.of({ serviceAccountId: account.id })).map(toToken) };
}

/** One of another team is none. */
async function requireAccount(
  accounts: ServiceAccountReads,
  { team, id }: { team: string; id: string },
): Promise<KeptServiceAccount> {
  const account = await accounts.find(id);
  if (account?.team === team) return account;
  throw new ShopyardError('not_found', `the team ${team} has no service account with the id "${id.slice(0, 80)}"`);
}
