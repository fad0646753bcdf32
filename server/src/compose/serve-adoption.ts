/** Lets other installations' stores be listed and adopted. */
import type { PlatformService } from '@shopyard/contracts/services';
import { createAdoptionService } from '../app/platform/adoption.ts';
import type { Helm } from '../helm/helm.ts';
import type { Ownership } from '../reconcile/ownership.ts';
import type { Foundation } from './foundation.ts';

export function serveAdoption(
  { data, platform, cluster }: Foundation,
  ownership: Ownership,
  describe: Helm['describe'],
): Pick<PlatformService, 'adoptable' | 'adopt'> {
  return createAdoptionService({
    stores: data.storage.stores,
    ...platform,
    urlOf: platform.addresses.urlOf,
    others: {
      list: () => cluster.resources.listOthers(),
      releaseOf: (store, signal) => cluster.resources.release(store, signal),
      describe,
    },
    adopt: (request) => ownership.adopt(request),
  });
}
