/** A store from an earlier version of Shopyard. */
import type { StoreSpec } from '../../src/domain/store.ts';

export const OLD_STORE: StoreSpec = {
  id: 'st_0000000000000001',
  name: 'old',
  namespace: 'store-old',
  engine: 'woocommerce',
  createdBy: 'local',
  createdAt: '2025-11-01T12:00:00.000Z',
  generation: 1,
  desired: 'present',
  values: {},
  profile: {},
};
