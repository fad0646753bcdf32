/**
 * What was changed behind our back: pure. When a store was last seen to work, the objects it consisted of were written
 * down; any that is missing or other than then has drifted.
 */
import type { ObservedObject, StoreView } from '../cluster/observed.ts';
import type { StoreState } from './store-state.ts';

/** By `Kind/name`; the namespace itself by its kind alone. */
export type Inventory = Record<string, { uid: string; version: string }>;

export interface Drift {
  reason: 'ObjectMissing' | 'ObjectChanged' | 'VolumeDeleting' | 'VolumeLost' | 'CredentialsLost';
  /** One sentence with what happened, and what comes of it. */
  message: string;
  /** Making the release anew mends it, and loses nothing. */
  repairable: boolean;
}

/** Without these a store can't become Ready, whatever its values; they are there within moments after helm is done. */
const ESSENTIAL = [
  'StatefulSet/mariadb',
  'Deployment/wordpress',
  'Service/mariadb',
  'Service/wordpress',
  'ConfigMap/setup',
  'PersistentVolumeClaim/wordpress-content',
];
const SETTLE_MS = 5000;
const CREDENTIALS = 'Secret/store-credentials';
const NAMESPACE = 'Namespace';

export function inventoryOf(view: StoreView): Inventory {
  return Object.fromEntries(
    objectsOf(view).map(({ kind, name, uid, version }) => [name ? `${kind}/${name}` : kind, { uid, version }]),
  );
}

/** The worst of what is found; `now` in epoch milliseconds. Of a release that is deployed and of the newest generation. */
export function driftOf(known: StoreState, view: StoreView, now: number): Drift | undefined {
  // Of a namespace that was removed and made anew, nothing of before can be expected.
  const same = known.inventory?.[NAMESPACE]?.uid === view.namespace?.uid;
  const store = same ? known : { ...known, inventory: undefined };
  return volumeDrift(store, view) ?? objectDrift(store, view) ?? absentEssential(store, view, now);
}

/** A claim's uid tells whether it is still the one with the data; that holds across upgrades. */
function volumeDrift({ inventory }: StoreState, { claims }: StoreView): Drift | undefined {
  if (!inventory) return undefined;
  for (const [key, { uid }] of Object.entries(inventory)) {
    const [kind, name = ''] = key.split('/');
    if (kind !== 'PersistentVolumeClaim') continue;
    const claim = claims.find((candidate) => candidate.name === name);
    if (claim?.uid !== uid)
      return {
        reason: 'VolumeLost',
        message: `The volume of ${name} was deleted from outside, and its data is gone. Retry sets the store up again with what is left; or restore a backup, or delete it.`,
        repairable: false,
      };
    if (claim.terminating)
      return {
        reason: 'VolumeDeleting',
        message: `The volume claim ${name} was deleted from outside: its data goes as soon as its pod stops. Back it up now, before anything restarts.`,
        repairable: false,
      };
  }
  return undefined;
}

function objectDrift({ inventory, verifiedRevision }: StoreState, view: StoreView): Drift | undefined {
  // Another revision may rightly consist of other objects.
  if (!inventory || view.release?.revision !== verifiedRevision) return undefined;
  const present = inventoryOf(view);
  const missing = Object.keys(inventory).filter((key) => !present[key]);
  if (missing.includes(CREDENTIALS)) return credentialsLost('The store runs on until its pods restart.');
  if (missing.length > 0) return repairable('ObjectMissing', `${list(missing)} removed`);
  const changed = Object.keys(inventory).filter((key) => {
    const before = inventory[key];
    const after = present[key];
    return before?.uid !== after?.uid || before?.version !== after?.version;
  });
  return changed.length > 0 ? repairable('ObjectChanged', `${list(changed)} changed`) : undefined;
}

/** What was removed before the store was first seen to work: no inventory tells of it, and its pods would wait for ever. */
function absentEssential(store: StoreState, view: StoreView, now: number): Drift | undefined {
  const settled = settledAt(store);
  if (settled === undefined || now < settled) return undefined;
  const present = inventoryOf(view);
  if (!present[CREDENTIALS]) return credentialsLost('Its pods can not start without it.');
  const absent = ESSENTIAL.filter((key) => !present[key]);
  const { revision } = view.release ?? {};
  const setUp = revision === store.verifiedRevision || view.jobs.some(({ component }) => component === 'setup');
  if (!setUp) absent.push(`Job/setup-${revision}`);
  return absent.length > 0 ? repairable('ObjectMissing', `${list(absent)} removed`) : undefined;
}

/** Epoch milliseconds from when on everything of the release must be there; undefined while it is not deployed. */
export function settledAt({ conditions }: StoreState): number | undefined {
  const deployed = conditions.find(({ type }) => type === 'ReleaseDeployed');
  return deployed?.status === 'True' ? Date.parse(deployed.lastTransitionTime) + SETTLE_MS : undefined;
}

function credentialsLost(consequence: string): Drift {
  return {
    reason: 'CredentialsLost',
    message: `The secret store-credentials was deleted from outside. ${consequence} Only that secret knows the database's password: restore it from a backup, or delete the store.`,
    repairable: false,
  };
}

function repairable(reason: Drift['reason'], what: string): Drift {
  return { reason, message: `${what} from outside; it is being put back.`, repairable: true };
}

/** `Deployment/wordpress, Service/mariadb and 2 more were`. */
function list(keys: string[]): string {
  const shown = keys.slice(0, 3).join(', ');
  const more = keys.length > 3 ? ` and ${keys.length - 3} more` : '';
  return `${shown}${more} ${keys.length === 1 ? 'was' : 'were'}`;
}

function objectsOf({
  namespace,
  objects,
  workloads,
  claims,
}: StoreView): Pick<ObservedObject, 'kind' | 'name' | 'uid' | 'version'>[] {
  return [{ kind: NAMESPACE, name: '', uid: namespace?.uid ?? '', version: '' }, ...objects, ...workloads, ...claims];
}
