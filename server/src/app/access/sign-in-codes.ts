/** Codes that sign in once: whoever may read the server's data, or its terminal, is let in as its administrator. */
import type { SignInCode } from '@shopyard/contracts';
import { digestOf, newSecret } from '../../kit/secret.ts';
import type { Storage } from '../../storage/storage.ts';

const LIFETIME_MS = 10 * 60_000;

export interface SignInCodes {
  issue(): Promise<SignInCode>;
  /** Uses it up. False for one that is unknown, used or expired. */
  take(code: string): Promise<boolean>;
}

export function createSignInCodes({ codes }: Pick<Storage, 'codes'>, now: () => Date): SignInCodes {
  return {
    async issue() {
      const code = newSecret();
      const at = now();
      const expiresAt = new Date(at.getTime() + LIFETIME_MS).toISOString();
      await codes.keep({ digest: digestOf(code), kind: 'sign-in', expiresAt }, at);
      return { code, expiresAt };
    },
    take: (code) => codes.take(digestOf(code), 'sign-in', now()),
  };
}
