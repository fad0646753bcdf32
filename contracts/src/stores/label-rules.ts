/** Rules for a store's labels, without the schema library, so that the form that checks them stays small. */

export const LABEL = /^[a-z0-9]([a-z0-9._/-]{0,61}[a-z0-9])?$/i;
export const WRONG_LABEL =
  'use at most 63 letters, digits, ".", "_", "/" and "-", beginning and ending with a letter or digit';
export const MAX_LABELS = 32;
export const TOO_MANY_LABELS = `use at most ${MAX_LABELS} labels`;
