/** Rules for store names. The form, REST and RPC all use this check. */
import { z } from 'zod';

/** Names that could be mistaken for hosts, system namespaces or Shopyard's own URLs. */
export const RESERVED_STORE_NAMES: readonly string[] = [
  'admin',
  'api',
  'default',
  'embedded',
  'healthz',
  'kube-node-lease',
  'kube-public',
  'kube-system',
  'localhost',
  'metrics',
  'platform',
  'readyz',
  'shopyard',
  'stores',
  'trpc',
  'www',
];

/** 2–40 characters `[a-z0-9-]`, a DNS label, not reserved. The message says what to change. */
export const storeNameSchema = z
  .string({ error: (issue) => (issue.input === undefined ? 'a store needs a name' : 'the name must be text') })
  .min(2, 'use at least 2 characters')
  .max(40, 'use at most 40 characters')
  .regex(/^[a-z0-9-]*$/, 'use only the letters a-z, digits and hyphens')
  .regex(/^[^-]/, 'begin with a letter or digit, not a hyphen')
  .regex(/[^-]$/, 'end with a letter or digit, not a hyphen')
  .refine((name) => !/^..--/.test(name), "don't use hyphens as the third and fourth characters: DNS reserves that")
  .refine((name) => !RESERVED_STORE_NAMES.includes(name), 'this name is reserved, choose another');

/** A store's namespace. The prefix keeps stores apart from everything else in the cluster. */
export function namespaceOfStore(name: string): string {
  return `store-${name}`;
}
