import { z } from 'zod';

/** Why somebody changes a store, in their words. */
export const reasonSchema = z.string().trim().min(1).max(500, 'say it in at most 500 characters');
