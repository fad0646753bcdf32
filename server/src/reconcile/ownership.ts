/**
 * Decides which of the cluster's stores belong to this installation: by the namespaces' labels, adoption, and the
 * recovery of stores after the database was lost.
 */
import type { Adoption, Caller, Platform } from '@shopyard/contracts';
import type { Logger } from 'pino';
import { parse } from 'yaml';
import type { ClusterLease } from '../cluster-lease/cluster-lease.ts';
import type { ClusterHandle } from '../cluster/handle.ts';
import type { FoundStore } from '../cluster/namespace.ts';
import type { AdoptRequest } from '../domain/adopt-request.ts';
import { findUrl } from '../domain/release-url.ts';
import { HelmError } from '../helm/helm-error.ts';
import type { Helm } from '../helm/helm.ts';
import type { Clock } from '../kit/clock.ts';
import type { StoreRecord } from '../domain/store.ts';
import type { Storage } from '../storage/storage.ts';
import { createPreparation, type PreparationOptions } from './preparation.ts';
import { adoptStores } from './stores/adopt-stores.ts';
import { createRecovery } from './stores/recovery.ts';
import { countByInstallation, logUnmanaged, settleOwners } from './stores/settle-owners.ts';

const DESCRIBE_MS = 15_000;
/** Who set the variable. */
const OPERATOR: Caller = { user: { name: 'SHOPYARD_ADOPT' }, roles: ['admin'], via: 'environment' };

export interface OwnershipOptions {
  storage: Storage;
  cluster: Pick<ClusterHandle, 'resources' | 'helm'>;
  lease: Pick<ClusterLease, 'assertHeld' | 'trouble'>;
  upkeep: Pick<PreparationOptions, 'moveReleases' | 'bindStoreRoles' | 'pinCharts'>;
  policy: {
    /** Nobody else's stores can be on the cluster. */
    exclusive: boolean;
    /** Installation whose stores are adopted at the start. */
    adoptFrom: string | undefined;
  };
  process: { log: Logger; clock: Clock };
}

export interface OwnershipListener {
  /** A store is ours and in the database, whether it was lost or adopted. */
  onFound: (record: StoreRecord) => void;
  /** The stores of other installations changed. */
  onOthers: () => void;
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
  adopt(request: AdoptRequest): Promise<Adoption>;
}

export function createOwnership(options: OwnershipOptions, { onFound, onOthers }: OwnershipListener): Ownership {
  const { storage, lease, upkeep, policy, process } = options;
  const { resources: cluster, helm } = options.cluster;
  const { log, clock } = process;
  const { now } = clock;
  let others: FoundStore[] = [];

  const preparation = createPreparation({ listStores: () => cluster.listStores(), ...upkeep, ...process });
  const setOthers = (found: FoundStore[]): void => {
    others = found;
    onOthers();
  };
  const adopt = async (request: AdoptRequest): Promise<Adoption> => {
    lease.assertHeld();
    const prepare = (stores: FoundStore[]): Promise<void> => preparation.prepare(stores);
    const addressOf = (store: FoundStore): Promise<string | undefined> => installedUrl(helm, store);
    const result = await adoptStores({ storage, cluster, prepare, addressOf, onAdopted: onFound, now }, request);
    if (result.adopted.length > 0) await upkeep.pinCharts();
    log.info({ installation: request.installation, ...result }, 'adopted stores');
    setOthers(await cluster.listOthers());
    return result;
  };
  const settle = async (): Promise<void> => {
    const { exclusive, adoptFrom } = policy;
    setOthers(await settleOwners({ stores: storage.stores, cluster, exclusive }));
    if (adoptFrom && others.some(({ installation }) => installation === adoptFrom))
      await adopt({ installation: adoptFrom, caller: OPERATOR });
    logUnmanaged(others, log);
  };
  const findStores = (): ReturnType<typeof cluster.findStores> => cluster.findStores();
  const recovery = createRecovery({ storage, findStores, onFound, settleOwners: settle, ...process, now });

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
    adopt,
  };
}

/** The address in the values of the store's release; undefined without a release. */
async function installedUrl(helm: Helm, { name, namespace }: FoundStore): Promise<string | undefined> {
  try {
    const { values } = await helm.describe({ name, namespace }, AbortSignal.timeout(DESCRIBE_MS));
    return findUrl(parse(values));
  } catch (error) {
    if (error instanceof HelmError && error.kind === 'not-found') return undefined;
    throw error;
  }
}
