/** How entries of the audit trail hold on to each other: each has the hash of the one before in its own. */
import { createHash } from 'node:crypto';
import type { AuditEntry } from '@shopyard/contracts';

/** What the first entry follows. */
export const BEGINNING = '';

/** Over every field in a fixed order, so that none can be changed, moved or taken away. */
export function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  const { seq, at, actor, actorId, by, via, address, client, action, object, outcome, detail, previous } = entry;
  const fields = [seq, at, actor, actorId, by, via, address, client, action, object, outcome, detail, previous];
  return createHash('sha256')
    .update(JSON.stringify(fields.map((field) => field ?? null)))
    .digest('hex');
}

/** Why the entries, oldest first, are not what was written; `undefined` if they are. */
export class ChainCheck {
  #previous = BEGINNING;
  #seq = 0;

  /** `undefined` if the entry follows what was checked before. */
  next(entry: AuditEntry): string | undefined {
    const expected = this.#seq + 1;
    if (entry.seq !== expected) return `entry ${expected} is missing`;
    if (entry.previous !== this.#previous) return `entry ${entry.seq} does not follow entry ${this.#seq}`;
    if (entry.hash !== hashOf(entry)) return `entry ${entry.seq} was changed`;
    this.#previous = entry.hash;
    this.#seq = entry.seq;
    return undefined;
  }

  /** Number of entries checked, and the hash of the last: keep it elsewhere, and a chain that was cut is noticed, too. */
  get end(): { entries: number; hash: string } {
    return { entries: this.#seq, hash: this.#previous };
  }
}
