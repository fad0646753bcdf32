import type { Store } from '@shopyard/contracts';
import { type Api, findStore } from '@shopyard/sdk';
import { UsageError } from './script.ts';

/** The store with this name or id. Throws UsageError if there is none. */
export async function requireStore(api: Api, nameOrId: string): Promise<Store> {
  const store = await findStore(api, nameOrId);
  if (!store) throw new UsageError(`There is no store "${nameOrId}"; "npm run list-stores" lists all stores.`);
  return store;
}
