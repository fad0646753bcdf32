/** A store's name, as REST and RPC check it. */
import { z } from 'zod';
import { isPunycode, isReserved, LONGEST, PATTERNS, PUNYCODE, RESERVED, SHORTEST } from './store-name-rules.ts';

const text = z
  .string({ error: (issue) => (issue.input === undefined ? 'a store needs a name' : 'the name must be text') })
  .min(SHORTEST.length, SHORTEST.message)
  .max(LONGEST.length, LONGEST.message);

/** 2–40 characters `[a-z0-9-]`, a DNS label, not reserved. The message says what to change. */
export const storeNameSchema = PATTERNS.reduce((schema, { pattern, message }) => schema.regex(pattern, message), text)
  .refine((name) => !isPunycode(name), PUNYCODE)
  .refine((name) => !isReserved(name), RESERVED);
