/** A link that signs a store's administrator in without the password. */
import { z } from 'zod';
import { reasonSchema } from './store-reason.ts';

/** Segments that begin with no dot, so none leads up or away; then a query or a fragment of printable ASCII. */
const ADMIN_PATH =
  /^(?!.*\/\/)(?:[a-z0-9_-][a-z0-9_.-]*\/)*(?:[a-z0-9_-][a-z0-9_.-]*)?(?:[?#][\x21-\x5b\x5d-\x7e]*)?$/i;

export const adminPathSchema = z
  .string()
  .max(1000, 'use at most 1,000 characters')
  .regex(ADMIN_PATH, "name a page below the administrator's pages, such as edit.php?post_type=product");

export const askLoginLinkSchema = z.object({
  id: z.string(),
  /** Page to show after the sign-in, relative to the administrator's pages; by default the first one. */
  to: adminPathSchema.optional(),
  /** Why; the history keeps it. */
  reason: reasonSchema.optional(),
});
export type AskLoginLink = z.infer<typeof askLoginLinkSchema>;

export const loginLinkSchema = z.object({
  /** Whoever opens it first is signed in: it is a password that works once. */
  url: z.string(),
  expiresAt: z.iso.datetime(),
});
export type LoginLink = z.infer<typeof loginLinkSchema>;
