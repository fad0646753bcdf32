/** Keeps addresses unique: two stores at one address would get each other's customers. */
import { type FieldIssue, issueAt, type Store } from '@shopyard/contracts';
import type { LiveStores } from '../../live/live-stores.ts';
import type { Addressee } from '../../store-access/store-url.ts';

export interface AddressChecks {
  liveStores: LiveStores;
  urlOf: (store: Addressee) => string;
}

/** The issue if another store already has the address that this one would get. */
export function checkAddress({ liveStores, urlOf }: AddressChecks, wanted: Addressee): FieldIssue[] {
  const host = hostOf(urlOf(wanted));
  const taken = liveStores.list().find((store) => isAnother(store, wanted) && hostOf(store.url) === host);
  if (!taken) return [];
  // The chart's schema has checked the values.
  const { host: own } = (wanted.values['ingress'] ?? {}) as { host?: string };
  const path = own === undefined ? ['name'] : ['values', 'ingress', 'host'];
  return [issueAt(path, `${host} is the address of the store ${taken.name}: choose another one`)];
}

const isAnother = ({ name, phase }: Store, wanted: Addressee): boolean => name !== wanted.name && phase !== 'Deleting';
const hostOf = (url: string): string => url.replace(/^https?:\/\//, '').toLowerCase();
