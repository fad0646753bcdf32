import type { Store } from '@shopyard/contracts';
import type { Api } from './api.ts';
import { UsageError } from './script.ts';

/** The store of this name or id. */
export async function findStore({ trpc }: Api, nameOrId: string): Promise<Store> {
  const { stores } = await trpc.stores.list.query();
  const store = stores.find(({ id, name }) => id === nameOrId || name === nameOrId);
  if (!store) throw new UsageError(`There is no store "${nameOrId}"; "npm run list-stores" shows all.`);
  return store;
}
