/** Codes that work once: who holds one is let in, so only their digests are kept. */
import type { OnceCode } from '@shopyard/contracts';
import { digestOf, newSecret } from '../../kit/secret.ts';
import type { CodeKind, KeptCode, People, PeopleWrites } from '../../storage/access-storage.ts';

const MINUTE_MS = 60_000;
const LIFETIMES_MS: Record<CodeKind, number> = {
  'sign-in': 10 * MINUTE_MS,
  'set-up': 60 * MINUTE_MS,
  invitation: 7 * 24 * 60 * MINUTE_MS,
};

export interface Codes {
  issue(kind: CodeKind, userId?: string): Promise<OnceCode>;
  /** The same, in a change that somebody else makes. */
  issueIn(writes: PeopleWrites, kind: CodeKind, userId?: string): Promise<OnceCode>;
  /** Uses it up. `undefined` for one that is unknown, used or expired. */
  take(writes: PeopleWrites, kind: CodeKind, code: string): Promise<KeptCode | undefined>;
}

export function createCodes(people: Pick<People, 'write'>, now: () => Date): Codes {
  const issueIn: Codes['issueIn'] = async (writes, kind, userId) => {
    const code = newSecret();
    const at = now();
    const expiresAt = new Date(at.getTime() + LIFETIMES_MS[kind]).toISOString();
    await writes.codes.keep({ digest: digestOf(code), kind, expiresAt, ...(userId ? { userId } : {}) }, at);
    return { code, expiresAt };
  };
  return {
    issueIn,
    issue: (kind, userId) => people.write((writes) => issueIn(writes, kind, userId)),
    take: (writes, kind, code) => writes.codes.take(digestOf(code), kind, now()),
  };
}
