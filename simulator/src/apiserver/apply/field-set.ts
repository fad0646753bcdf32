/**
 * Sets of fields in the `FieldsV1` form of managedFields: `f:` for a field, `k:` for an item of a keyed
 * list, `v:` for a member of a set, `.` for the item itself. A leaf is an empty object.
 */
import { isAtomicObject, isSet, itemKey, mergeKeys } from './list-keys.ts';

export interface FieldSet {
  [segment: string]: FieldSet;
}

type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every field that `object` sets. */
export function fieldsOf(object: Json): FieldSet {
  const set: FieldSet = {};
  for (const [name, value] of Object.entries(object)) {
    if (value !== undefined) set[`f:${name}`] = fieldsOfValue(name, value);
  }
  return set;
}

function fieldsOfValue(field: string, value: unknown): FieldSet {
  if (isObject(value)) return isAtomicObject(field) ? {} : fieldsOf(value);
  if (!Array.isArray(value)) return {};
  if (isSet(field)) return Object.fromEntries(value.map((member) => [`v:${JSON.stringify(member)}`, {}]));
  const keys = mergeKeys(field, value);
  if (!keys) return {};
  // Items with keys are objects.
  return Object.fromEntries(value.map((item) => [`k:${itemKey(item, keys)}`, { '.': {}, ...fieldsOf(item as Json) }]));
}

const isLeaf = (set: FieldSet): boolean => Object.keys(set).length === 0;

export function union(a: FieldSet, b: FieldSet): FieldSet {
  const result = { ...a };
  for (const [segment, child] of Object.entries(b)) {
    result[segment] = result[segment] ? union(result[segment], child) : child;
  }
  return result;
}

/** Leaves of `a` that are not in `b`. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  const result: FieldSet = {};
  for (const [segment, child] of Object.entries(a)) {
    const other = b[segment];
    if (!other) result[segment] = child;
    else if (!isLeaf(child)) {
      const rest = difference(child, other);
      if (!isLeaf(rest)) result[segment] = rest;
    }
  }
  return result;
}

/** Leaf paths that both sets name. */
export function sharedLeaves(a: FieldSet, b: FieldSet, path: readonly string[] = []): string[][] {
  const found: string[][] = [];
  for (const [segment, child] of Object.entries(a)) {
    const other = b[segment];
    if (!other || segment === '.') continue;
    const here = [...path, segment];
    if (isLeaf(child) || isLeaf(other)) found.push(here);
    else found.push(...sharedLeaves(child, other, here));
  }
  return found;
}

/** The set that contains only this path. */
export function singleton(path: readonly string[]): FieldSet {
  return path.reduceRight<FieldSet>((child, segment) => ({ [segment]: child }), {});
}

/** The value at a path, or undefined. */
export function valueAt(object: unknown, path: readonly string[]): unknown {
  let value: unknown = object;
  let field = '';
  for (const segment of path) {
    if (segment.startsWith('f:')) {
      field = segment.slice(2);
      value = isObject(value) ? value[field] : undefined;
    } else if (segment.startsWith('k:')) {
      value = findItem(value, field, segment);
    }
  }
  return value;
}

function findItem(list: unknown, field: string, segment: string): unknown {
  if (!Array.isArray(list)) return undefined;
  const keys = mergeKeys(field, list) ?? [];
  return list.find((item) => `k:${itemKey(item, keys)}` === segment);
}
