/**
 * Compares objects with the manifest of the store's release, and brings them back to it. helm has no part in either: a
 * revision would run the setup again, for an object whose content nobody asked to change.
 */
import { inventoryOf, type Inventory } from '../drift.ts';
import { NotYetError, TerminalError } from '../action-error.ts';
import type { ManifestObject } from '../../cluster/applied-object.ts';
import { objectsOfRecord } from '../../store-chart/check-record.ts';
import { type ActionContext, type ActionTarget, identityOf } from './action-context.ts';
import { deleteStuckPods } from './delete-stuck-pods.ts';
import { takeNamespace, waitForOldVolumes } from './install.ts';

export interface Comparison {
  /** The store's inventory, with what was found out. */
  inventory: Inventory;
  /** Objects of which others set fields that the manifest leaves open, as `Deployment/wordpress: kubectl-edit`. */
  foreign: string[];
}

/** `keys`: `Kind/name` of objects in the store's inventory. Throws ClusterError. */
export async function compare(context: ActionContext, target: ActionTarget, keys: string[]): Promise<Comparison> {
  const { store, view, signal } = target;
  const objects = await expectedObjects(context, target);
  const present = inventoryOf(view);
  const result: Comparison = { inventory: { ...store.inventory }, foreign: [] };
  for (const key of keys) {
    const [known, now, object] = [store.inventory?.[key], present[key], objects.get(key)];
    if (!known || !now) continue;
    const found = object && (await context.cluster.differenceOf(store, object, signal));
    // Gone by now: the watch is about to tell.
    if (object && !found) continue;
    const foreign = found?.foreign;
    if (found?.field !== undefined) result.inventory[key] = { ...known, drifted: { ...now, field: found.field } };
    else result.inventory[key] = { ...now, ...(foreign === undefined ? {} : { foreign }) };
    if (foreign !== undefined && foreign !== known.foreign) result.foreign.push(`${key}: ${foreign}`);
  }
  return result;
}

/** True when something was put back. Throws ClusterError, TerminalError, NotYetError. */
export async function repair(context: ActionContext, target: ActionTarget, keys: string[]): Promise<boolean> {
  const { store, signal } = target;
  await takeNamespace(context, target);
  await waitForOldVolumes(context, target);
  const objects = await expectedObjects(context, target);
  let changed = false;
  for (const key of keys) {
    const object = objects.get(key);
    if (!object) throw new NotYetError('ObjectMissing', `${key} is in no manifest of the release.`);
    changed = (await context.cluster.apply(store, object, signal)) || changed;
  }
  await deleteStuckPods(context, target);
  return changed;
}

/** What the store should consist of, by `Kind/name`: its release's manifest, and what Shopyard makes itself. */
async function expectedObjects(
  { cluster, manifests }: ActionContext,
  { store, view, signal }: ActionTarget,
): Promise<Map<string, ManifestObject>> {
  const identity = identityOf(store);
  const records = await cluster.releaseRecords(identity, signal);
  const current = records.filter(({ revision }) => revision === view.release?.revision);
  const why = manifests.refuseStored(current, store.namespace);
  if (why !== undefined) throw new TerminalError('ManifestRefused', why);
  const objects = [...current.flatMap(({ data }) => objectsOfRecord(data)), ...cluster.ownObjects(identity)];
  return new Map(objects.map((object) => [`${object.kind}/${object.metadata.name}`, object]));
}
