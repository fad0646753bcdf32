/** API tokens of users: never more than their owner may at the moment of the call. */
import { type Caller, issueAt, rolesIn, ShopyardError } from '@shopyard/contracts';
import type { AccessService } from '@shopyard/contracts/services';
import { createDeeds } from '../../domain/audit-entry.ts';
import type { People } from '../../storage/access-storage.ts';
import { describeToken, newToken, toToken } from './new-token.ts';

export interface TokensOptions {
  people: People;
  now: () => Date;
  onRevoked: () => void;
}

export type TokenCalls = Pick<AccessService, 'tokens' | 'createToken' | 'revokeToken'>;

export function createTokenCalls({ people, now, onRevoked }: TokensOptions): TokenCalls {
  const deed = createDeeds(now);
  return {
    tokens: async ({ user: { id } }) => (id === undefined ? [] : (await people.tokens.of({ userId: id })).map(toToken)),

    async createToken(input, caller) {
      const { team } = input;
      const owner = ownerOf(caller);
      if (team !== undefined && rolesIn(caller, team).length === 0)
        throw new ShopyardError('validation_failed', `there is no team "${team}"`, [
          issueAt(['team'], 'name a team of yours'),
        ]);
      const { token, secret } = newToken(input, { owner, at: now() });
      await people.write(async (writes) => {
        await writes.tokens.add(token);
        await writes.audit(deed('access.createToken', caller, { object: token.id, detail: describeToken(token) }));
      });
      return { ...toToken(token), secret };
    },

    async revokeToken(id, caller) {
      const owner = ownerOf(caller);
      await people.write(async (writes) => {
        if (!(await writes.tokens.revoke(id, owner)))
          throw new ShopyardError('not_found', 'you have no token with this id');
        await writes.audit(deed('access.revokeToken', caller, { object: id }));
      });
      onRevoked();
      return {};
    },
  };
}

function ownerOf({ user: { id } }: Caller): { userId: string } {
  if (id !== undefined) return { userId: id };
  throw new ShopyardError('unavailable', 'tokens belong to accounts: run "npm run set-up" for the first one');
}
