/** The desired state, also as a namespace keeps it. Pure. */

/** `suspended`: the store keeps its volumes, its address and everything else, and has no pods. */
export type Desired = 'present' | 'suspended' | 'absent';

const STATES: readonly Desired[] = ['present', 'suspended', 'absent'];

/** `undefined` for a state that this version doesn't know. Absent in namespaces of early versions, which had one state. */
export function parseDesired(text = 'present'): Desired | undefined {
  return STATES.find((state) => state === text);
}
