/** The desired state, as a namespace keeps it. Pure. */
import type { StoreSpec } from './store.ts';

const STATES: readonly StoreSpec['desired'][] = ['present', 'suspended', 'absent'];

/** `undefined` for a state that this version doesn't know. Absent in namespaces of early versions, which had one state. */
export function parseDesired(text = 'present'): StoreSpec['desired'] | undefined {
  return STATES.find((state) => state === text);
}
