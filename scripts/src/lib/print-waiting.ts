import { openingWords, type Store } from '@shopyard/contracts';
import { print } from './script.ts';

/** Says until when an accepted change waits; false if it doesn't. */
export function printWaiting({ name, operation }: Store): boolean {
  const { state, notBefore, tz } = operation ?? {};
  if (state !== 'waiting' || notBefore === undefined || tz === undefined) return false;
  print(`${name}: the change waits until ${openingWords(notBefore, tz)}`);
  return true;
}
