/** What the cluster offers: whether it may be changed, and the room for more stores. */
import { createCapacity } from '../app/platform/capacity.ts';
import type { PlatformServiceOptions } from '../app/platform/platform.ts';
import type { Config } from '../config/config.ts';
import type { Foundation } from './foundation.ts';

export function serveCapacity(
  config: Config,
  { cluster, connection, platform, process }: Foundation,
): PlatformServiceOptions['cluster'] {
  const capacity = createCapacity({
    read: cluster.load,
    storeLoads: () => cluster.watch.loads(),
    charts: platform.charts,
    isEmbedded: config.cluster.kind === 'embedded',
    now: process.clock.now,
  });
  return { lease: connection.lease, capacity };
}
