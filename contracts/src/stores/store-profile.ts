/**
 * What people record of a store besides its values; no object in the cluster depends on it. Calls, database, namespace and
 * `Store` carry a profile whole, so a new field is a line here.
 */
import { z } from 'zod';
import { teamIdSchema } from '../access/teams.ts';
import { expirySchema, scheduleSchema } from './store-schedule.ts';
import { changeWindowSchema } from './change-window.ts';
import { LABEL, MAX_LABELS, TOO_MANY_LABELS, WRONG_LABEL } from './label-rules.ts';

const label = z.string().regex(LABEL, WRONG_LABEL);

/** What a caller gives with a new store, and replaces by an update. */
export const labelsShape = {
  /** Names and values for people to sort and find stores by, such as `{ "team": "shops" }`. */
  labels: z
    .record(label, label)
    .refine((labels) => Object.keys(labels).length <= MAX_LABELS, TOO_MANY_LABELS)
    .optional(),
};

export const teamShape = {
  /** Whose it is; `default` if absent. */
  team: teamIdSchema.optional(),
};

/** Every field is optional: stores from before a field lack it. */
export const storeProfileSchema = z.object({
  ...labelsShape,
  ...teamShape,
  schedule: scheduleSchema.optional(),
  expiry: expirySchema.optional(),
  /** When it may be changed while it works; the platform's if it is absent. */
  window: changeWindowSchema.optional(),
});
export type StoreProfile = z.infer<typeof storeProfileSchema>;

/** Reads JSON that may be older, or edited by others: fields that don't fit are left out. */
export function parseProfile(text: string): StoreProfile {
  const given = parseJson(text);
  if (typeof given !== 'object' || given === null) return {};
  const fields = Object.entries(given).filter(
    ([name, value]) => storeProfileSchema.safeParse({ [name]: value }).success,
  );
  return storeProfileSchema.parse(Object.fromEntries(fields));
}

/** Whatever the order of their keys. */
export function isSameProfile(one: StoreProfile, other: StoreProfile): boolean {
  return toText(one) === toText(other);
}

function toText(profile: StoreProfile): string {
  const sorted = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return JSON.stringify(profile, (_key, value: unknown) => sorted(value));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
