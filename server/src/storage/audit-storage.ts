/** The audit trail: who did what, was refused what, and came in how. Appended to, never changed. Times are ISO 8601. */
import type { AuditEntry, ListAudit } from '@shopyard/contracts';

/** Before it is numbered and chained. */
export type NewAuditEntry = Omit<AuditEntry, 'seq' | 'previous' | 'hash'>;

export interface AuditReads {
  /** Newest first, or oldest first after an entry. */
  list(query: ListAudit): Promise<AuditEntry[]>;
  /** Appends what is no part of a change: refusals, and failed sign-ins. */
  append(entry: NewAuditEntry): Promise<void>;
  /**
   * Removes the beginning that is older, with an entry that says how far it went, and returns the number of entries that are gone.
   * Throws for what is younger than 400 days.
   */
  trim(before: Date, entry: Omit<NewAuditEntry, 'action' | 'object' | 'detail'>): Promise<number>;
  /** Calls `listener` after entries were committed. Returns a function that stops it. */
  onAppended(listener: () => void): () => void;
}
