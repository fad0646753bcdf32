import { acceptedWait, type Store } from '@shopyard/contracts';
import { print } from './script.ts';

/** Says until when an accepted change waits, or for what; false if it doesn't. */
export function printWaiting(store: Store): boolean {
  const wait = acceptedWait(store);
  if (wait === undefined) return false;
  print(`${store.name}: the change waits ${wait}`);
  return true;
}
