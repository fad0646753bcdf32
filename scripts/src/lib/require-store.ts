import type { Store } from '@shopyard/contracts';
import { type Api, findStore } from '@shopyard/sdk';
import { UsageError } from './script.ts';

/** The store with this name or id. Throws UsageError when there is none. */
export async function requireStore(api: Api, nameOrId: string): Promise<Store> {
  const store = await findStore(api, nameOrId);
  if (!store) throw new UsageError(`There is no store "${nameOrId}"; "npm run list-stores" shows all.`);
  return store;
}
