/** Which stores are ours, and how others become ours. */
import { moveReleases } from '../cluster/move-releases.ts';
import { bindStoreRoles } from '../cluster/store-role.ts';
import type { Config } from '../config/config.ts';
import type { StoreRecord } from '../domain/store.ts';
import { createOwnership, type Ownership } from '../reconcile/ownership.ts';
import { createPinCharts } from '../reconcile/stores/pin-charts.ts';
import type { Foundation } from './foundation.ts';
import type { Live } from './live.ts';
import { PLATFORM } from './wakes.ts';

export function ownStores(config: Config, foundation: Foundation, live: Live): Ownership {
  const { process, data, connection, cluster, platform, wakes } = foundation;
  const { client, lease } = connection;
  const { storeRole } = config;
  return createOwnership(
    {
      storage: data.storage,
      cluster,
      lease,
      upkeep: {
        pinCharts: createPinCharts({ storage: data.storage, cluster: cluster.resources, charts: platform.charts }),
        moveReleases: (namespaces) => moveReleases(client, namespaces),
        bindStoreRoles: storeRole && ((stores) => bindStoreRoles(client, storeRole, stores)),
      },
      policy: { exclusive: config.cluster.kind === 'embedded', adoptFrom: config.adopt },
      process,
    },
    {
      onFound: (record) => showFound(foundation, live, record),
      onOthers: () => wakes.platform.add(PLATFORM),
    },
  );
}

function showFound({ wakes }: Foundation, { liveStores, present }: Live, record: StoreRecord): void {
  liveStores.set(present(record));
  wakes.store.add(record.id);
}
