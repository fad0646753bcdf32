/**
 * Server-side apply: a manager declares the fields it wants. The server tracks who owns what, removes fields
 * that the manager no longer declares, and refuses to overwrite another manager's value.
 */
import { ApiError } from '../api-error.ts';
import type { IncomingObject, KubeObject, StoredMeta } from '../../objects.ts';
import { difference, type FieldSet, fieldsOf, isObject, sharedLeaves, singleton, union, valueAt } from './field-set.ts';
import { mergeApplied, removeFields } from './merge.ts';
import { equalJson } from '../../storage/json.ts';

type ManagedFields = NonNullable<StoredMeta['managedFields']>[number];

export interface Manager {
  name: string;
  force: boolean;
  time: string;
}

/** The object after `manager` applies `applied` to `live` (absent on creation). Throws 409 on a conflict. */
export function serverSideApply(
  live: KubeObject | undefined,
  applied: IncomingObject,
  manager: Manager,
): IncomingObject {
  const managed = live?.metadata.managedFields ?? [];
  const wanted = ownedFields(applied);
  const previous = fieldsOfManager(managed.find((entry) => isApplyBy(entry, manager.name)));
  let others = managed.filter((entry) => !isApplyBy(entry, manager.name));
  if (live) others = settleConflicts({ live, applied, wanted, others, manager });

  const dropped = others.reduce((set, entry) => difference(set, fieldsOfManager(entry)), difference(previous, wanted));
  const base = live ? removeFields(live, dropped) : {};
  // A merge of two objects; validated as any other body.
  const merged = mergeApplied(base, withoutServerFields(applied)) as IncomingObject;
  const entry: ManagedFields = {
    manager: manager.name,
    operation: 'Apply',
    apiVersion: applied.apiVersion ?? '',
    time: manager.time,
    fieldsType: 'FieldsV1',
    fieldsV1: wanted,
  };
  const before = managed.find((other) => isApplyBy(other, manager.name));
  const unchanged = before && equalJson(before.fieldsV1, wanted);
  return { ...merged, metadata: { ...merged.metadata, managedFields: [unchanged ? before : entry, ...others] } };
}

/** After a plain write: the fields whose values changed now belong to `manager`'s Update entry. */
export function trackUpdate(before: KubeObject | undefined, after: KubeObject, manager: Manager): KubeObject {
  const managed = before?.metadata.managedFields ?? [];
  const all = ownedFields(after);
  const changed = before ? changedFields(before, after, all) : all;
  if (Object.keys(changed).length === 0 && before) return withManagedFields(after, managed);
  const own = managed.find((entry) => entry.operation === 'Update' && entry.manager === manager.name);
  const others = managed
    .filter((entry) => entry !== own)
    .map((entry) => Object.assign(entry, { fieldsV1: difference(fieldsOfManager(entry), changed) }))
    .filter((entry) => Object.keys(entry.fieldsV1).length > 0);
  return withManagedFields(after, [
    ...others,
    {
      manager: manager.name,
      operation: 'Update',
      apiVersion: after.apiVersion,
      time: manager.time,
      fieldsType: 'FieldsV1',
      fieldsV1: union(fieldsOfManager(own), changed),
    },
  ]);
}

interface Conflict {
  live: KubeObject;
  applied: IncomingObject;
  wanted: FieldSet;
  others: ManagedFields[];
  manager: Manager;
}

function settleConflicts({ live, applied, wanted, others, manager }: Conflict): ManagedFields[] {
  const causes: { reason: string; message: string; field: string }[] = [];
  const settled = others.map((entry) => {
    let fields = fieldsOfManager(entry);
    for (const path of sharedLeaves(wanted, fields)) {
      const [mine, theirs] = [valueAt(applied, path), valueAt(live, path)];
      // An empty map owns nothing inside, so it merges with whatever is there.
      if (equalJson(mine, theirs) || (isObject(mine) && Object.keys(mine).length === 0)) continue;
      const field = path
        .map((segment) => (segment.startsWith('f:') ? `.${segment.slice(2)}` : `[${segment.slice(2)}]`))
        .join('');
      causes.push({ reason: 'FieldManagerConflict', message: `conflict with ${managerText(entry)}`, field });
      fields = difference(fields, singleton(path));
    }
    return { ...entry, fieldsV1: fields };
  });
  if (causes.length > 0 && !manager.force) {
    const named = conflictText(causes);
    throw new ApiError({
      code: 409,
      reason: 'Conflict',
      message: `Apply failed with ${causes.length} conflict${causes.length > 1 ? 's' : ''}: ${named}`,
      details: { causes },
    });
  }
  return settled.filter((entry) => Object.keys(entry.fieldsV1).length > 0);
}

function changedFields(before: KubeObject, after: KubeObject, all: FieldSet): FieldSet {
  return sharedLeaves(all, all)
    .filter((path) => !equalJson(valueAt(before, path), valueAt(after, path)))
    .reduce<FieldSet>((set, path) => union(set, singleton(path)), {});
}

/** Fields that can be owned: neither identity nor fields that the server sets. */
function ownedFields(object: IncomingObject): FieldSet {
  const { labels, annotations, finalizers, ownerReferences } = object.metadata ?? {};
  const metadata = Object.fromEntries(
    Object.entries({ labels, annotations, finalizers, ownerReferences }).filter(([, value]) => value !== undefined),
  );
  const { apiVersion: _apiVersion, kind: _kind, metadata: _metadata, status: _status, ...rest } = object;
  return fieldsOf({ ...rest, ...(Object.keys(metadata).length > 0 ? { metadata } : {}) });
}

function withoutServerFields(object: IncomingObject): IncomingObject {
  const { managedFields: _m, resourceVersion: _r, uid: _u, creationTimestamp: _c, ...metadata } = object.metadata ?? {};
  const { status: _status, ...rest } = object;
  return { ...rest, metadata };
}

function withManagedFields(object: KubeObject, managedFields: ManagedFields[]): KubeObject {
  return { ...object, metadata: { ...object.metadata, managedFields } };
}

const isApplyBy = (entry: ManagedFields, name: string): boolean =>
  entry.operation === 'Apply' && entry.manager === name;

// We wrote the field set.
const fieldsOfManager = (entry: ManagedFields | undefined): FieldSet => (entry?.fieldsV1 ?? {}) as FieldSet;

/** The owner of a field; an Update includes the version in which it was written. */
function managerText({ manager, operation, apiVersion }: ManagedFields): string {
  return operation === 'Apply' ? `"${manager ?? ''}"` : `"${manager ?? ''}" using ${apiVersion ?? ''}`;
}

/** One conflict in a line; several of one manager as a list. */
function conflictText(causes: readonly { message: string; field: string }[]): string {
  const byManager = Map.groupBy(causes, ({ message }) => message);
  const parts = [...byManager].map(([message, of]) =>
    of.length === 1
      ? `${message}: ${of[0]?.field ?? ''}`
      : `${message.replace('conflict', 'conflicts')}:\n${of.map(({ field }) => `- ${field}`).join('\n')}`,
  );
  return parts.join('\n');
}
