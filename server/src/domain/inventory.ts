/** What a store consisted of when it was last seen to work. Pure. */
import type { ObservedObject, StoreObservation } from './observation.ts';

/** The key of the namespace itself. */
export const NAMESPACE = 'Namespace';

export interface InventoryEntry {
  uid: string;
  version: string;
  /** The field in which the last comparison found this version to differ from the manifest. */
  drifted?: { uid: string; version: string; field: string };
  /** Who else set fields that the manifest leaves open, as last reported. */
  foreign?: string;
}

/** Keyed by `Kind/name`; the namespace by its kind alone. */
export type Inventory = Record<string, InventoryEntry>;

export function inventoryOf(view: StoreObservation): Inventory {
  return Object.fromEntries(
    objectsOf(view).map(({ kind, name, uid, version }) => [name ? `${kind}/${name}` : kind, { uid, version }]),
  );
}

function objectsOf({
  namespace,
  objects,
  workloads,
  claims,
}: StoreObservation): Pick<ObservedObject, 'kind' | 'name' | 'uid' | 'version'>[] {
  return [{ kind: NAMESPACE, name: '', uid: namespace?.uid ?? '', version: '' }, ...objects, ...workloads, ...claims];
}
