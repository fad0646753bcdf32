/** Separate from the schemas, which the dashboard does not load. */

/** Stores counted at most, of each size. */
export const MAX_ROOM = 1000;
