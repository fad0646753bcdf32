/** What of a team can be limited, in words for people. */
import type { Quota } from '@shopyard/contracts';

export const QUOTA_WORDS: Record<Quota, { title: string; about: string }> = {
  stores: { title: 'Stores', about: 'Suspended ones and those that are being deleted count too.' },
  sizeUnits: { title: 'Size units', about: 'A small store takes 1, a medium one 2, a large one 4.' },
  storageGiB: { title: 'Storage in GiB', about: 'The sum of the volumes of all stores.' },
  createsPerHour: { title: 'New stores within an hour', about: 'Those that are deleted again count too.' },
};

// The record's own keys.
export const QUOTAS = Object.keys(QUOTA_WORDS) as Quota[];
