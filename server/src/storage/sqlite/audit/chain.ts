/** How entries of the audit trail hold on to each other: each has the hash of the one before in its own. */
import { createHash } from 'node:crypto';
import type { AuditEntry } from '@shopyard/contracts';

/** What the first entry follows. */
export const BEGINNING = '';

/** Over every field in a fixed order, so that none can be changed, moved or taken away. */
export function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  const { seq, at, actor, actorId, tokenId, by, via, address, client, action, object, outcome, detail, previous } =
    entry;
  const fields = [seq, at, actor, actorId, by, via, address, client, action, object, outcome, detail, previous];
  // Entries from before there were tokens have their hash without.
  if (tokenId !== undefined) fields.push(tokenId);
  return createHash('sha256')
    .update(JSON.stringify(fields.map((field) => field ?? null)))
    .digest('hex');
}

/** The entry that says up to which other one, `object`, the trail was cut, with the hash of that one as its detail. */
export const TRIM = 'audit.trim';

/** Why the entries, oldest first, are not what was written; `undefined` if they are. */
export class ChainCheck {
  #previous = BEGINNING;
  #seq = 0;
  /** Of what went before the first entry that is there. */
  #cut: { seq: number; hash: string; isNoted: boolean } | undefined;

  /** `undefined` if the entry follows what was checked before. */
  next(entry: AuditEntry): string | undefined {
    if (this.#seq === 0 && entry.seq > 1) this.#beginAfter(entry.seq - 1, entry.previous);
    const expected = this.#seq + 1;
    if (entry.seq !== expected) return `entry ${expected} is missing`;
    if (entry.previous !== this.#previous) return `entry ${entry.seq} does not follow entry ${this.#seq}`;
    if (entry.hash !== hashOf(entry)) return `entry ${entry.seq} was changed`;
    this.#previous = entry.hash;
    this.#seq = entry.seq;
    const { action, object, detail } = entry;
    if (this.#cut && action === TRIM && object === String(this.#cut.seq) && detail === this.#cut.hash)
      this.#cut.isNoted = true;
    return undefined;
  }

  /** Call it after the last entry: it reports a trail whose beginning is missing without a reason. */
  fault(): string | undefined {
    return this.#cut && !this.#cut.isNoted ? 'entry 1 is missing' : undefined;
  }

  /** Number of entries checked, and the hash of the last: keep it elsewhere, and a chain that was cut is noticed, too. */
  get end(): { entries: number; hash: string } {
    return { entries: this.#seq - (this.#cut?.seq ?? 0), hash: this.#previous };
  }

  #beginAfter(seq: number, hash: string): void {
    this.#cut = { seq, hash, isNoted: false };
    this.#seq = seq;
    this.#previous = hash;
  }
}
