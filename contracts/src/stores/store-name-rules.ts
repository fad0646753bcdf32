/** Rules for store names, without the schema library, so that the form that checks a name at each key stays small. */

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

export const SHORTEST = { length: 2, message: 'use at least 2 characters' } as const;
export const LONGEST = { length: 40, message: 'use at most 40 characters' } as const;
export const PATTERNS: readonly { pattern: RegExp; message: string }[] = [
  { pattern: /^[a-z0-9-]*$/, message: 'use only the letters a-z, digits and hyphens' },
  { pattern: /^[^-]/, message: 'begin with a letter or digit, not a hyphen' },
  { pattern: /[^-]$/, message: 'end with a letter or digit, not a hyphen' },
];
export const isPunycode = (name: string): boolean => /^..--/.test(name);
export const PUNYCODE = "don't use hyphens as the third and fourth characters: DNS reserves that";
export const isReserved = (name: string): boolean => RESERVED_STORE_NAMES.includes(name);
export const RESERVED = 'this name is reserved, choose another';

/** What to change, in the words of `storeNameSchema`; `undefined` if a store may have this name. */
export function storeNameProblem(name: string): string | undefined {
  if (name.length < SHORTEST.length) return SHORTEST.message;
  if (name.length > LONGEST.length) return LONGEST.message;
  const broken = PATTERNS.find(({ pattern }) => !pattern.test(name));
  if (broken) return broken.message;
  if (isPunycode(name)) return PUNYCODE;
  return isReserved(name) ? RESERVED : undefined;
}

/** A store's namespace. The prefix keeps stores apart from everything else in the cluster. */
export function namespaceOfStore(name: string): string {
  return `store-${name}`;
}
