import { openingWords, type Store } from '@shopyard/contracts';
import { print } from './script.ts';

/** Says until when an accepted change waits, or for what; false if it doesn't. */
export function printWaiting({ name, suspended, operation }: Store): boolean {
  if (suspended) {
    print(`${name}: suspended; the change is applied when it resumes`);
    return true;
  }
  const { state, notBefore, tz } = operation ?? {};
  if (state !== 'waiting' || notBefore === undefined || tz === undefined) return false;
  print(`${name}: the change waits until ${openingWords(notBefore, tz)}`);
  return true;
}
