/** Which stores are ours, and how others become ours. */
import { moveReleases } from '../cluster/move-releases.ts';
import { bindStoreRoles } from '../cluster/store-role.ts';
import type { Config } from '../config/config.ts';
import { createOwnership, type Ownership } from '../reconcile/ownership.ts';
import type { StoreRow } from '../storage/tables.ts';
import type { Foundation } from './foundation.ts';
import type { Live } from './live.ts';
import { PLATFORM } from './wakes.ts';

export function ownStores(config: Config, foundation: Foundation, live: Live): Ownership {
  const { process, data, connection, cluster, wakes } = foundation;
  const { client, lease } = connection;
  const { storeRole } = config;
  return createOwnership(
    {
      db: data.db,
      cluster,
      lease,
      upkeep: {
        moveReleases: (namespaces) => moveReleases(client, namespaces),
        bindStoreRoles: storeRole && ((stores) => bindStoreRoles(client, storeRole, stores)),
      },
      policy: { exclusive: config.cluster.kind === 'embedded', adoptFrom: config.adopt },
      process,
    },
    {
      onFound: (row) => showFound(foundation, live, row),
      onOthers: () => wakes.platform.add(PLATFORM),
    },
  );
}

function showFound({ wakes }: Foundation, { board, present }: Live, row: StoreRow): void {
  board.set(present(row));
  wakes.store.add(row.id);
}
