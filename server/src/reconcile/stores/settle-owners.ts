/** Settles the owner of each store's namespace at startup: labels unlabelled ones of ours, leaves all others alone. */
import type { Logger } from 'pino';
import type { StoreResources } from '../../cluster/resources.ts';
import { type FoundStore, UNKNOWN_INSTALLATION } from '../../cluster/namespace.ts';
import type { StoreReads } from '../../storage/storage.ts';

/** Concurrent requests. */
const CONCURRENCY = 16;

export interface OwnersOptions {
  stores: Pick<StoreReads, 'list'>;
  cluster: Pick<StoreResources, 'listOthers' | 'claim'>;
  /** The cluster runs inside the data directory, so all its stores belong to this installation. */
  exclusive: boolean;
}

/** Returns the stores of other installations. A store without an owner is ours if our database knows it. */
export async function settleOwners({ stores, cluster, exclusive }: OwnersOptions): Promise<FoundStore[]> {
  const found = await cluster.listOthers();
  if (found.length === 0) return [];
  const known = new Set((await stores.list()).map(({ id }) => id));
  const isOurs = ({ id, installation }: FoundStore): boolean =>
    exclusive || (installation === UNKNOWN_INSTALLATION && known.has(id));
  const ours = found.filter(isOurs);
  for (let at = 0; at < ours.length; at += CONCURRENCY)
    await Promise.all(ours.slice(at, at + CONCURRENCY).map(({ namespace }) => cluster.claim(namespace)));
  return found.filter((store) => !isOurs(store));
}

/** Stores per installation, largest count first. */
export function countByInstallation(stores: readonly FoundStore[]): { installation: string; stores: number }[] {
  const counts = new Map<string, number>();
  for (const { installation } of stores) counts.set(installation, (counts.get(installation) ?? 0) + 1);
  return [...counts]
    .map(([installation, count]) => ({ installation, stores: count }))
    .toSorted((a, b) => b.stores - a.stores);
}

export function logUnmanaged(stores: readonly FoundStore[], log: Logger): void {
  for (const { installation, stores: count } of countByInstallation(stores))
    log.warn(
      `stores of ${installation} (${count}), not managed: they stay as they are. GET /platform/adoptable lists them, SHOPYARD_ADOPT=${installation} adopts them`,
    );
}
