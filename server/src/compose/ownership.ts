/**
 * Decides which of the cluster's stores belong to this installation. Wires together the Lease, the namespaces' labels,
 * adoption, and the recovery of stores after the database was lost.
 */
import type { Adoption, Platform, PlatformService } from '@shopyard/contracts';
import type { Logger } from 'pino';
import { parse } from 'yaml';
import type { ClusterLease } from '../cluster-lease/cluster-lease.ts';
import type { Clock } from '../kit/clock.ts';
import type { KubeClient } from '../kube/client.ts';
import { moveReleases } from '../cluster/move-releases.ts';
import type { StoreCluster } from '../cluster/resources.ts';
import type { FoundStore } from '../cluster/namespace.ts';
import { bindStoreRoles, type StoreRole } from '../cluster/store-role.ts';
import { HelmError } from '../helm/helm-error.ts';
import type { Helm } from '../helm/helm.ts';
import { type AdoptRequest, adoptStores } from '../reconcile/stores/adopt-stores.ts';
import { createPreparation } from '../reconcile/preparation.ts';
import { createRecovery } from '../reconcile/stores/recovery.ts';
import { countByInstallation, logUnmanaged, settleOwners } from '../reconcile/stores/settle-owners.ts';
import { createAdoptionService, urlIn } from '../app/platform/adoption.ts';
import type { Addressee } from '../store-access/store-url.ts';
import type { StoreChart } from '../chart/read-chart.ts';
import type { Database } from '../storage/database.ts';
import type { StoreRow } from '../storage/tables.ts';

const DESCRIBE_MS = 15_000;

export interface OwnershipOptions {
  db: Database;
  client: KubeClient;
  cluster: StoreCluster;
  describe: Helm['describe'];
  lease: ClusterLease;
  chart: StoreChart;
  platformValues: Record<string, unknown>;
  urlOf: (store: Addressee) => string;
  /** The cluster runs inside the data directory. */
  exclusive: boolean;
  /** The installation whose stores the operator wants this one to adopt. */
  adopt: string | undefined;
  /** See store-role.ts. */
  storeRole: StoreRole | undefined;
  /** Called for each store new to the database. */
  onFound: (row: StoreRow) => void;
  /** Called when the result of `health` changes. */
  onChange: () => void;
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

export function createOwnership(options: OwnershipOptions): Ownership {
  const { db, client, cluster, describe, lease, chart, platformValues, urlOf, exclusive, storeRole, log, clock } =
    options;
  const { now } = clock;
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
    options.onChange();
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
    const result = await adoptStores({ db, cluster, prepare, addressOf, onAdopted: options.onFound, now }, request);
    log.info({ installation: request.installation, ...result }, 'adopted stores');
    setOthers(await cluster.listOthers());
    return result;
  };

  const settle = async (): Promise<void> => {
    setOthers(await settleOwners({ db, cluster, exclusive }));
    if (options.adopt && others.some(({ installation }) => installation === options.adopt))
      await adopt({ installation: options.adopt, actor: 'SHOPYARD_ADOPT' });
    logUnmanaged(others, log);
  };
  const recovery = createRecovery({
    db,
    findStores: () => cluster.findStores(),
    onFound: options.onFound,
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
      chart,
      platformValues,
      urlOf,
      listOthers: () => cluster.listOthers(),
      releaseOf: (store, signal) => cluster.release(store, signal),
      describe,
      adopt,
    }),
  };
}
