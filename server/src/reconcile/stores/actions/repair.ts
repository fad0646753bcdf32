/**
 * Compares objects with the manifest of the store's release and restores them. Bypasses helm: a new revision would
 * run the setup again for an object whose spec nobody asked to change.
 */
import { inventoryOf, type Inventory } from '../../../domain/inventory.ts';
import { RetryError, TerminalError } from '../../errors.ts';
import type { ManifestObject } from '../../../kube/applied-object.ts';
import { objectsOfRecord } from '../../../chart/check-record.ts';
import { type ActionContext, type ActionTarget, toSpec } from './action-context.ts';
import { asSuspended } from './as-suspended.ts';
import { deleteStuckPods } from './delete-stuck-pods.ts';
import { takeNamespace, waitForOldVolumes } from './install.ts';

export interface Comparison {
  /** The store's inventory, updated with the findings. */
  inventory: Inventory;
  /** Objects where others set fields that the manifest leaves open, such as `Deployment/wordpress: kubectl-edit`. */
  foreign: string[];
}

/** `keys`: `Kind/name` of objects in the store's inventory. Throws ClusterError, TerminalError. */
export async function compare(context: ActionContext, target: ActionTarget, keys: string[]): Promise<Comparison> {
  const { cluster } = context;
  const result: Comparison = { inventory: { ...target.store.inventory }, foreign: [] };
  const own = byKey(cluster.ownObjects(toSpec(target.store)));
  const ownKeys = keys.filter((key) => own.has(key));
  for (const key of ownKeys) await compareOne(context, target, { key, object: own.get(key), result });
  // Restore the binding first: without it Shopyard may not even read the manifest.
  if (ownKeys.some((key) => result.inventory[key]?.drifted)) return result;
  const others = keys.filter((key) => !own.has(key));
  const objects = others.length > 0 ? await manifestObjects(context, target) : own;
  for (const key of others) await compareOne(context, target, { key, object: objects.get(key), result });
  return result;
}

async function compareOne(
  { cluster }: ActionContext,
  { store, view, signal }: ActionTarget,
  { key, object, result }: { key: string; object: ManifestObject | undefined; result: Comparison },
): Promise<void> {
  const [known, now] = [store.inventory?.[key], inventoryOf(view)[key]];
  if (!known || !now) return;
  const found = object && (await cluster.differenceOf(store, object, signal));
  // Already deleted: the watch will report it.
  if (object && !found) return;
  const { field, foreign } = found ?? {};
  result.inventory[key] =
    field !== undefined
      ? { ...known, drifted: { ...now, field } }
      : { ...now, ...(foreign === undefined ? {} : { foreign }) };
  if (field === undefined && foreign !== undefined && foreign !== known.foreign)
    result.foreign.push(`${key}: ${foreign}`);
}

export interface Repair {
  changed: boolean;
  /** Not part of the release, such as a copy with the store's labels. It can't be restored. */
  strangers: string[];
}

/** Throws ClusterError, TerminalError, RetryError. */
export async function repair(context: ActionContext, target: ActionTarget, keys: string[]): Promise<Repair> {
  const { store, signal } = target;
  await takeNamespace(context, target);
  await waitForOldVolumes(context, target);
  const own = byKey(context.cluster.ownObjects(toSpec(store)));
  const others = keys.filter((key) => !own.has(key));
  const objects = others.length > 0 ? await manifestObjects(context, target) : own;
  // Shopyard's own objects were restored with the namespace.
  const result: Repair = { changed: others.length < keys.length, strangers: [] };
  for (const key of others) {
    const object = objects.get(key);
    if (!object) result.strangers.push(key);
    else if (await context.cluster.apply(store, object, signal)) result.changed = true;
  }
  await deleteStuckPods(context, target);
  return result;
}

/** The objects of the store's release, as its desired state has them. Throws ClusterError, TerminalError, RetryError. */
async function manifestObjects(
  { cluster, releases }: ActionContext,
  { store, view, signal }: ActionTarget,
): Promise<Map<string, ManifestObject>> {
  const records = await cluster.releaseRecords(toSpec(store), signal);
  const current = records.filter(({ revision }) => revision === view.release?.revision);
  if (current.length === 0) throw new RetryError('ReleaseNotFound', 'The release has no record.');
  const why = releases.manifests.refuseStored(current, store.namespace);
  if (why !== undefined) throw new TerminalError('ManifestRefused', why);
  const objects = current.flatMap(({ data }) => objectsOfRecord(data));
  return byKey(store.desired === 'suspended' ? objects.map(asSuspended) : objects);
}

const byKey = (objects: readonly ManifestObject[]): Map<string, ManifestObject> =>
  new Map(objects.map((object) => [`${object.kind}/${object.metadata.name}`, object]));
