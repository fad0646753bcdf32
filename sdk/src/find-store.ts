import type { Store } from '@shopyard/contracts';
import type { Api } from './connect.ts';

/** The store with this name or id; `undefined` if there is none. */
export async function findStore({ trpc }: Api, nameOrId: string): Promise<Store | undefined> {
  const { stores } = await trpc.stores.list.query();
  return stores.find(({ id, name }) => id === nameOrId || name === nameOrId);
}
