import { randomBytes } from 'node:crypto';

/** An id that nobody has yet, such as `st_9f86d081884c7d65`. `kind`: what it is of. */
export function newId(kind: 'st' | 'us' | 'sa' | 'op' | 'pl' | 'in'): string {
  return `${kind}_${randomBytes(8).toString('hex')}`;
}
