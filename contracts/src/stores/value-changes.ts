/** How the values of two stores, or of one before and after a change, differ. */
import { z } from 'zod';

export const valueChangesSchema = z.array(
  z.object({
    path: z.array(z.string()),
    /** Of a setting that people know by a name. */
    label: z.string().optional(),
    /** Absent where there is none, and so is `after`. */
    before: z.unknown().optional(),
    after: z.unknown().optional(),
  }),
);
