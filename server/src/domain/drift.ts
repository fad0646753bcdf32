/**
 * Detects out-of-band changes. Pure. The inventory records the uid and version of each object when the store last
 * worked. A missing object has drifted. A changed version may only be a new label, so the object is a suspect until it
 * has been compared with the manifest.
 */
import type { Engine } from '@shopyard/engines';
import { type InventoryEntry, inventoryOf, NAMESPACE } from './inventory.ts';
import { isOwnClaim } from './own-objects.ts';
import type { StoreObservation } from './observation.ts';
import type { StoreRecord } from './store.ts';

export interface Drift {
  reason: 'ObjectMissing' | 'ObjectChanged' | 'VolumeDeleting' | 'VolumeLost' | 'CredentialsLost';
  /** One sentence with the cause and its consequence. */
  message: string;
  /** `Kind/name` of the objects to restore; empty if that would lose data. */
  repairs: string[];
}

/** The essential objects of a store exist moments after helm finishes. */
const SETTLE_MS = 5000;
const CREDENTIALS = 'Secret/store-credentials';

interface DriftOptions {
  engine: Engine;
  /** Epoch milliseconds. */
  now: number;
}

/** The most severe drift. Requires a deployed release of the newest generation. */
export function driftOf(known: StoreRecord, view: StoreObservation, options: DriftOptions): Drift | undefined {
  const store = withComparable(known, view);
  return volumeDrift(store, view, options) ?? objectDrift(store, view) ?? absentEssential(store, view, options);
}

/** A recreated namespace invalidates the recorded inventory. */
function withComparable(store: StoreRecord, view: StoreObservation): StoreRecord {
  const isSameNamespace = store.inventory?.[NAMESPACE]?.uid === view.namespace?.uid;
  return isSameNamespace ? store : { ...store, inventory: undefined };
}

/** A claim's uid identifies the volume with the data, across upgrades too. */
function volumeDrift(
  { inventory }: StoreRecord,
  { claims }: StoreObservation,
  { engine }: DriftOptions,
): Drift | undefined {
  if (!inventory) return undefined;
  for (const [key, { uid }] of Object.entries(inventory)) {
    const [kind, name = ''] = key.split('/');
    // A copied claim may stand in an inventory of an earlier version.
    if (kind !== 'PersistentVolumeClaim' || !isOwnClaim(engine, name)) continue;
    const claim = claims.find((candidate) => candidate.name === name);
    if (claim?.uid !== uid)
      return {
        reason: 'VolumeLost',
        message: `The volume of ${name} was deleted from outside, and its data is lost. Retry reinstalls the store with the data that remains; or restore a backup, or delete the store.`,
        repairs: [],
      };
    if (claim.terminating)
      return {
        reason: 'VolumeDeleting',
        message: `The volume claim ${name} was deleted from outside: its data is lost as soon as its pod stops. Back it up now, before anything restarts.`,
        repairs: [],
      };
  }
  return undefined;
}

function objectDrift({ inventory, verifiedRevision }: StoreRecord, view: StoreObservation): Drift | undefined {
  // Another revision may legitimately have other objects.
  if (!inventory || view.release?.revision !== verifiedRevision) return undefined;
  const present = inventoryOf(view);
  const missing = Object.keys(inventory).filter((key) => !present[key]);
  if (missing.includes(CREDENTIALS)) return credentialsLost('The store keeps running until its pods restart.');
  if (missing.length > 0) return repairable('ObjectMissing', missing);
  const drifted = Object.entries(inventory).flatMap(([key, entry]) => {
    const field = isCompared(entry, present[key]) ? entry.drifted?.field : undefined;
    return field === undefined ? [] : [{ key, field }];
  });
  if (drifted.length === 0) return undefined;
  const named = drifted.map(({ key, field }) => `${key} (${field})`);
  return { ...repairable('ObjectChanged', named), repairs: drifted.map(({ key }) => key) };
}

/** `Kind/name` of objects that changed since they were recorded and whose current version has not been compared. */
export function suspectsOf(known: StoreRecord, view: StoreObservation): string[] {
  const { inventory, verifiedRevision } = withComparable(known, view);
  if (!inventory || view.release?.revision !== verifiedRevision) return [];
  const present = inventoryOf(view);
  return Object.entries(inventory).flatMap(([key, entry]) => {
    const now = present[key];
    return !now || key === NAMESPACE || isSame(entry, now) || isCompared(entry, now) ? [] : [key];
  });
}

type Version = Pick<InventoryEntry, 'uid' | 'version'>;

const isSame = (one: Version | undefined, other: Version | undefined): boolean =>
  one?.uid === other?.uid && one?.version === other?.version;

const isCompared = ({ drifted }: InventoryEntry, now: InventoryEntry | undefined): boolean =>
  drifted !== undefined && isSame(drifted, now);

/** Objects deleted before the store first worked: no inventory lists them, and the pods would wait forever. */
function absentEssential(store: StoreRecord, view: StoreObservation, { engine, now }: DriftOptions): Drift | undefined {
  const settled = settledAt(store);
  if (settled === undefined || now < settled) return undefined;
  const present = inventoryOf(view);
  if (!present[CREDENTIALS]) return credentialsLost("The pods can't start without it.");
  const { revision = 0 } = view.release ?? {};
  const absent = engine.essentials(revision).filter((key) => {
    const [kind, name] = key.split('/');
    if (kind !== 'Job') return !present[key];
    // It begins again when the store resumes.
    if (store.desired === 'suspended') return false;
    // Kubernetes deletes a completed Job after a while.
    return revision !== store.verifiedRevision && !view.jobs.some((job) => job.name === name);
  });
  return absent.length > 0 ? repairable('ObjectMissing', absent) : undefined;
}

/** Time by which every object must exist, in epoch milliseconds; `undefined` while the release is not deployed. */
export function settledAt({ conditions }: Pick<StoreRecord, 'conditions'>): number | undefined {
  const deployed = conditions.find(({ type }) => type === 'ReleaseDeployed');
  return deployed?.status === 'True' ? Date.parse(deployed.lastTransitionTime) + SETTLE_MS : undefined;
}

function credentialsLost(consequence: string): Drift {
  return {
    reason: 'CredentialsLost',
    message: `The secret store-credentials was deleted from outside. ${consequence} Only that secret holds the database's password: restore it from a backup, or delete the store.`,
    repairs: [],
  };
}

function repairable(reason: 'ObjectMissing' | 'ObjectChanged', keys: string[]): Drift {
  const what = `${list(keys)} ${reason === 'ObjectMissing' ? 'removed' : 'changed'}`;
  return {
    reason,
    message: `${what} from outside and ${keys.length === 1 ? 'is' : 'are'} being restored.`,
    repairs: keys,
  };
}

/** `Deployment/wordpress, Service/mariadb and 2 more were`. */
function list(keys: string[]): string {
  const shown = keys.slice(0, 3).join(', ');
  const more = keys.length > 3 ? ` and ${keys.length - 3} more` : '';
  return `${shown}${more} ${keys.length === 1 ? 'was' : 'were'}`;
}
