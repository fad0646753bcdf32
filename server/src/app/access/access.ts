/** Who is let in, and as whom. The transports ask nothing else. */
import { type Caller, type Role, ShopyardError } from '@shopyard/contracts';
import type { AccessService } from '@shopyard/contracts/services';
import { timingSafeEqual } from 'node:crypto';
import { digestOf } from '../../kit/secret.ts';
import { Signal } from '../../kit/signal.ts';
import type { Storage } from '../../storage/storage.ts';
import { withStorageErrors } from '../storage-errors.ts';
import { createSessions, type Visitor } from './sessions.ts';
import { createSignInCodes, type SignInCodes } from './sign-in-codes.ts';

/** Somebody whom the server knows. */
export interface Person {
  /** The name in the history. */
  name: string;
  roles: readonly Role[];
}

export interface Access {
  /** Whether callers have to say who they are. */
  isAsked: boolean;
  /** `undefined` for a token that lets nobody in. */
  byToken(token: string): Promise<Person | undefined>;
  /** `undefined` for a session that has ended. */
  bySession(secret: string): Promise<Person | undefined>;
  /** Returns the secret of a new session. Throws ShopyardError `unauthorized` for a code that is used, late or unknown. */
  signIn(code: string, visitor: Visitor): Promise<string>;
  signOut(secret: string): Promise<void>;
  /** Emitted whenever somebody may no longer come in, or no longer do the same. */
  revoked: Signal;
  codes: Pick<SignInCodes, 'issue'>;
  service: AccessService;
}

export interface AccessOptions {
  storage: Pick<Storage, 'sessions' | 'codes' | 'troubleOf'>;
  now: () => Date;
  isAsked: boolean;
  /** The token that is kept beside the data; `undefined` where there is none. */
  token: string | undefined;
}

/** Whoever reaches this machine's server, or its data. */
export const LOCAL: Person = { name: 'local', roles: ['admin'] };

export function createAccess({ storage, now, isAsked, token }: AccessOptions): Access {
  const revoked = new Signal();
  const sessions = createSessions({ storage, now, revoked });
  const codes = createSignInCodes(storage, now);
  const expected = token === undefined ? undefined : Buffer.from(digestOf(token));
  const ways: Pick<Access, 'byToken' | 'bySession' | 'signIn' | 'signOut'> = {
    byToken: async (given) => (expected && timingSafeEqual(Buffer.from(digestOf(given)), expected) ? LOCAL : undefined),
    bySession: async (secret) => ((await sessions.find(secret)) ? LOCAL : undefined),
    async signIn(code, visitor) {
      if (await codes.take(code)) return sessions.begin(visitor);
      throw new ShopyardError(
        'unauthorized',
        'this sign-in link was used or has expired: run "npm run sign-in" for another one',
      );
    },
    signOut: (secret) => sessions.end(secret),
  };
  return {
    isAsked,
    revoked,
    codes,
    ...withStorageErrors(storage, ways),

    service: {
      async createSignInCode(_caller: Caller) {
        if (!isAsked) throw new ShopyardError('unavailable', 'nobody has to sign in here: open the dashboard as it is');
        return codes.issue();
      },
    },
  };
}
