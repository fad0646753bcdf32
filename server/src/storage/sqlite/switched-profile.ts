import type { StoreProfile } from '@shopyard/contracts';

/**
 * The profile of a store that is suspended or resumed at this time: what its schedule asked for before is overtaken, and a
 * resume ends an expiry that has passed.
 */
export function toSwitched(
  { schedule, expiry, ...profile }: StoreProfile,
  isResumed: boolean,
  at: string,
): StoreProfile {
  const isOver = isResumed && expiry !== undefined && Date.parse(expiry.at) <= Date.parse(at);
  return {
    ...profile,
    ...(schedule ? { schedule: { ...schedule, since: at } } : {}),
    ...(expiry && !isOver ? { expiry } : {}),
  };
}
