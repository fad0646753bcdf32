/** The two halves of an apply: merge the applied fields into the live object, then remove the dropped ones. */
import { type FieldSet, isObject } from './field-set.ts';
import { isAtomicObject, isSet, itemKey, mergeKeys } from './list-keys.ts';

type Json = Record<string, unknown>;

/** `live` overlaid with `applied`; keyed lists are merged item by item. */
export function mergeApplied(live: Json, applied: Json): Json {
  const result = { ...live };
  for (const [field, value] of Object.entries(applied)) {
    result[field] = mergeValue(field, live[field], value);
  }
  return result;
}

function mergeValue(field: string, live: unknown, applied: unknown): unknown {
  if (isObject(applied) && isObject(live) && !isAtomicObject(field)) return mergeApplied(live, applied);
  if (!Array.isArray(applied) || !Array.isArray(live)) return applied;
  // Sets are lists.
  if (isSet(field)) return [...new Set([...(live as unknown[]), ...(applied as unknown[])])];
  const keys = mergeKeys(field, applied);
  if (!keys) return applied;
  // Items with keys are objects.
  const rest = new Map(live.map((item) => [itemKey(item, keys), item as Json]));
  const merged = applied.map((item: Json) => {
    const key = itemKey(item, keys);
    const existing = rest.get(key);
    rest.delete(key);
    return existing ? mergeApplied(existing, item) : item;
  });
  return [...merged, ...rest.values()];
}

/** `object` without the fields in `set`; objects and lists that become empty are removed as well. */
export function removeFields(object: Json, set: FieldSet): Json {
  const result = { ...object };
  for (const [segment, child] of Object.entries(set)) {
    const field = segment.slice(2);
    if (!segment.startsWith('f:') || !(field in result)) continue;
    const value = removeFrom(field, result[field], child);
    if (value === undefined) delete result[field];
    else result[field] = value;
  }
  return result;
}

function removeFrom(field: string, value: unknown, set: FieldSet): unknown {
  if (Object.keys(set).length === 0) return undefined;
  if (isObject(value)) {
    const rest = removeFields(value, set);
    return Object.keys(rest).length > 0 ? rest : undefined;
  }
  if (!Array.isArray(value)) return value;
  // Sets are lists.
  const rest = isSet(field)
    ? value.filter((member) => !set[`v:${JSON.stringify(member)}`])
    : // Items with keys are objects.
      removeItems(value as Json[], mergeKeys(field, value) ?? [], set);
  return rest.length > 0 ? rest : undefined;
}

function removeItems(items: Json[], keys: readonly string[], set: FieldSet): Json[] {
  return items.flatMap((item) => {
    const fields = set[`k:${itemKey(item, keys)}`];
    if (!fields) return [item];
    return '.' in fields || Object.keys(fields).length === 0 ? [] : [removeFields(item, fields)];
  });
}
