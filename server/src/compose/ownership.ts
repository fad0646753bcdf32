/**
 * Decides which of the cluster's stores belong to this installation. Wires together the Lease, the namespaces' labels,
 * adoption, and the recovery of stores after the database was lost.
 */
import type { Adoption, Platform } from '@shopyard/contracts';
import type { PlatformService } from '@shopyard/contracts/services';
import type { Logger } from 'pino';
import { parse } from 'yaml';
import type { ClusterLease } from '../cluster-lease/cluster-lease.ts';
import type { Clock } from '../kit/clock.ts';
import { moveReleases } from '../cluster/move-releases.ts';
import type { ClusterHandle } from '../cluster/handle.ts';
import type { Config } from '../config/config.ts';
import type { FoundStore } from '../cluster/namespace.ts';
import { bindStoreRoles } from '../cluster/store-role.ts';
import { HelmError } from '../helm/helm-error.ts';
import type { Helm } from '../helm/helm.ts';
import type { AdoptRequest } from '../domain/adopt-request.ts';
import { adoptStores } from '../reconcile/stores/adopt-stores.ts';
import { createPreparation } from '../reconcile/preparation.ts';
import { createRecovery } from '../reconcile/stores/recovery.ts';
import { countByInstallation, logUnmanaged, settleOwners } from '../reconcile/stores/settle-owners.ts';
import { createAdoptionService, urlIn } from '../app/platform/adoption.ts';
import type { Addressee } from '../store-access/store-url.ts';
import type { Database } from '../storage/database.ts';
import type { StoreRow } from '../storage/tables.ts';
import type { Live } from './live.ts';
import type { PlatformInputs } from './read-platform.ts';
import { PLATFORM, type Wakes } from './wakes.ts';

const DESCRIBE_MS = 15_000;

export interface OwnershipOptions {
  db: Database;
  cluster: ClusterHandle;
  lease: ClusterLease;
  platform: Pick<PlatformInputs, 'charts'>;
  urlOf: (store: Addressee) => string;
  wakes: Wakes;
  live: Live;
  log: Logger;
  clock: Clock;
}

export interface Ownership {
  /** Resolves once the database holds every store of this installation; never before `start`. */
  readonly known: Promise<void>;
  /**
   * Labels our own stores, adopts those the operator named, recovers those missing from the database, and prepares all
   * of them. Retries until the cluster answers.
   */
  start(): Promise<void>;
  close(): void;
  health(): Pick<Platform['cluster'], 'readOnly' | 'unmanaged'>;
  service: Pick<PlatformService, 'adoptable' | 'adopt'>;
}

export function createOwnership(config: Config, options: OwnershipOptions): Ownership {
  const { db, lease, platform, urlOf, wakes, live, log, clock } = options;
  const { client, resources: cluster, helm } = options.cluster;
  const { storeRole, adopt: adoptedFrom } = config;
  const { now } = clock;
  const describe: Helm['describe'] = (release, signal) => helm.describe(release, signal);
  const onFound = (row: StoreRow): void => {
    live.board.set(live.present(row));
    wakes.store.add(row.id);
  };
  let others: FoundStore[] = [];

  const listStores = (): Promise<FoundStore[]> => cluster.listStores();
  const preparation = createPreparation({
    listStores,
    moveReleases: (namespaces) => moveReleases(client, namespaces),
    bindStoreRoles: storeRole && ((stores) => bindStoreRoles(client, storeRole, stores)),
    log,
    clock,
  });
  const prepare = (stores: FoundStore[]): Promise<void> => preparation.prepare(stores);
  const setOthers = (found: FoundStore[]): void => {
    others = found;
    wakes.platform.add(PLATFORM);
  };
  const addressOf = async ({ name, namespace }: FoundStore): Promise<string | undefined> => {
    try {
      const { values } = await describe({ name, namespace }, AbortSignal.timeout(DESCRIBE_MS));
      return urlIn(parse(values));
    } catch (error) {
      if (error instanceof HelmError && error.kind === 'not-found') return undefined;
      throw error;
    }
  };
  const adopt = async (request: AdoptRequest): Promise<Adoption> => {
    lease.assertHeld();
    const result = await adoptStores({ db, cluster, prepare, addressOf, onAdopted: onFound, now }, request);
    log.info({ installation: request.installation, ...result }, 'adopted stores');
    setOthers(await cluster.listOthers());
    return result;
  };

  const settle = async (): Promise<void> => {
    setOthers(await settleOwners({ db, cluster, exclusive: config.cluster.kind === 'embedded' }));
    if (adoptedFrom && others.some(({ installation }) => installation === adoptedFrom))
      await adopt({ installation: adoptedFrom, actor: 'SHOPYARD_ADOPT' });
    logUnmanaged(others, log);
  };
  const recovery = createRecovery({
    db,
    findStores: () => cluster.findStores(),
    onFound,
    settleOwners: settle,
    log,
    clock,
    now,
  });

  return {
    known: recovery.done,
    async start() {
      await recovery.run();
      await preparation.run();
    },
    close() {
      recovery.close();
      preparation.close();
    },
    health: () => ({
      ...(lease.trouble ? { readOnly: lease.trouble } : {}),
      ...(others.length > 0 ? { unmanaged: countByInstallation(others) } : {}),
    }),
    service: createAdoptionService({
      db,
      ...platform,
      urlOf,
      listOthers: () => cluster.listOthers(),
      releaseOf: (store, signal) => cluster.release(store, signal),
      describe,
      adopt,
    }),
  };
}
