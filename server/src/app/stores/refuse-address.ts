/** Keeps addresses unique: two stores at one address would get each other's customers. */
import { ShopyardError, type Store } from '@shopyard/contracts';
import type { LiveStores } from '../../live/live-stores.ts';
import type { Addressee } from '../../store-access/store-url.ts';

export interface AddressChecks {
  liveStores: LiveStores;
  urlOf: (store: Addressee) => string;
}

/** Throws a ShopyardError if another store already has the address that this one would get. */
export function refuseAddress({ liveStores, urlOf }: AddressChecks, wanted: Addressee): void {
  const host = hostOf(urlOf(wanted));
  const taken = liveStores.list().find((store) => isAnother(store, wanted) && hostOf(store.url) === host);
  if (!taken) return;
  // The chart's schema has checked the values.
  const { host: own } = (wanted.values['ingress'] ?? {}) as { host?: string };
  const field = own === undefined ? 'name' : 'values.ingress.host';
  const message = `${host} is the address of the store ${taken.name}: choose another one`;
  throw new ShopyardError('validation_failed', `${field}: ${message}`, [{ field, message }]);
}

const isAnother = ({ name, phase }: Store, wanted: Addressee): boolean => name !== wanted.name && phase !== 'Deleting';
const hostOf = (url: string): string => url.replace(/^https?:\/\//, '').toLowerCase();
