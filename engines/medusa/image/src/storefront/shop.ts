/** The shop of one request: its name, its key and the Store API. */
import type { Scope } from '@medusajs/framework';
import { type AskStore, askStoreAs } from './store-api.ts';
import type { Region } from './types.ts';

export interface Shop {
  name: string;
  /** The key that identifies the shop to its Store API. No secret: every storefront sends it along. */
  key: string;
  ask: AskStore;
  /** Where it sells. Rejects if there is no region. */
  region(): Promise<Region>;
}

/** Rejects if the database doesn't answer. */
export async function openShop(scope: Scope): Promise<Shop> {
  const query = scope.resolve('query');
  const [stores, keys] = await Promise.all([
    query.graph({ entity: 'store', fields: ['name', 'default_region_id'] }),
    query.graph({ entity: 'api_key', fields: ['token'], filters: { type: 'publishable', revoked_at: null } }),
  ]);
  const [store] = stores.data;
  // Columns of text in Medusa.
  const key = (keys.data[0]?.['token'] as string | undefined) ?? '';
  const name = (store?.['name'] as string | undefined) ?? 'Shop';
  const ask = askStoreAs(key);
  return {
    name,
    key,
    ask,
    async region() {
      const { regions } = await ask<{ regions: Region[] }>('/regions?fields=id,currency_code,*countries');
      const region = regions.find(({ id }) => id === store?.['default_region_id']) ?? regions[0];
      if (!region) throw new Error('the shop has no region');
      return region;
    },
  };
}
