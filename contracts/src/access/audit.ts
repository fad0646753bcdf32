/** The audit trail: every change, every refusal and every sign-in, with who and from where. */
import { z } from 'zod';

export const auditEntrySchema = z.object({
  /** Counts up by one; a gap is a missing entry. */
  seq: z.int(),
  at: z.iso.datetime(),
  /** Name of the person or of the part of the server that did it; for a failed sign-in, the name that was given. */
  actor: z.string(),
  /** Of the person's account. */
  actorId: z.string().optional(),
  /** The token that it was done with. */
  tokenId: z.string().optional(),
  /** How the server knew who it was; `server` for what it does by itself, `none` for whoever failed to sign in. */
  by: z.enum(['open', 'session', 'token', 'proxy', 'server', 'none']),
  /** The way in, such as `dashboard`. */
  via: z.string(),
  address: z.string().optional(),
  client: z.string().optional(),
  /** A procedure, or `sign-in` and `sign-out`. */
  action: z.string(),
  /** Id of what it was done to. */
  object: z.string().optional(),
  outcome: z.enum(['ok', 'denied']),
  /** Names and numbers, never values or secrets. */
  detail: z.string().optional(),
  /** Hash of the entry before. */
  previous: z.string(),
  /** SHA-256 over everything else in this entry, as `hashOf` of the server computes it. */
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const listAuditSchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** Only entries before this one: the `seq` of the last entry of the page before. */
  before: z.coerce.number().int().optional(),
  /** Only entries after this one, and then oldest first. */
  after: z.coerce.number().int().optional(),
  actor: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  object: z.string().max(100).optional(),
  outcome: z.enum(['ok', 'denied']).optional(),
  /** Only entries of this time or later. */
  since: z.iso.datetime({ error: 'send a time such as 2026-01-31T12:00:00Z' }).optional(),
  /** Only entries of before this time. */
  until: z.iso.datetime({ error: 'send a time such as 2026-01-31T12:00:00Z' }).optional(),
});
export type ListAudit = z.infer<typeof listAuditSchema>;
