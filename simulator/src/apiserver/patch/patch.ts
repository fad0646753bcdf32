/** The three classic patch formats of the Kubernetes API. Server-side apply is in a separate folder. */
import { applyPatch, type Operation } from 'rfc6902';
import { badRequest } from '../api-error.ts';
import { isObject } from '../apply/field-set.ts';
import { mergeKeys } from '../apply/list-keys.ts';
import { cloneJson } from '../../storage/json.ts';

type Json = Record<string, unknown>;

/** RFC 7386. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Json = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

// The directive is a list of names.
/** Kubernetes' strategic merge: keyed lists merge by item; `$patch`, `$retainKeys`, `$deleteFromPrimitiveList`. */
export function strategicMergePatch(target: Json, patch: Json): Json {
  if (patch['$patch'] === 'replace') return withoutDirectives(patch);
  // The directive is a list of names.
  const retain = patch['$retainKeys'] as string[] | undefined;
  const result: Json = retain
    ? Object.fromEntries(Object.entries(target).filter(([key]) => retain.includes(key)))
    : { ...target };
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$deleteFromPrimitiveList/')) {
      const field = key.slice(key.indexOf('/') + 1);
      result[field] = asList(result[field]).filter((member) => !asList(value).includes(member));
    } else if (key.startsWith('$')) continue;
    else if (value === null) delete result[key];
    else if (isObject(value) && value['$patch'] === 'delete') delete result[key];
    else if (isObject(value)) result[key] = strategicMergePatch(isObject(result[key]) ? result[key] : {}, value);
    else if (Array.isArray(value)) result[key] = mergeList(key, asList(result[key]), value);
    else result[key] = value;
  }
  return result;
}

function mergeList(field: string, target: readonly unknown[], patch: readonly unknown[]): unknown[] {
  const keys = strategicKeys(field, [...target, ...patch]);
  if (!keys) return field === 'finalizers' ? [...new Set([...target, ...patch])] : [...patch];
  // Items with merge keys are objects.
  const same = (a: unknown, b: unknown): boolean => keys.every((key) => (a as Json)[key] === (b as Json)[key]);
  const result = [...target];
  // Items with merge keys are objects.
  for (const item of patch as Json[]) {
    const at = result.findIndex((existing) => same(existing, item));
    if (item['$patch'] === 'delete') {
      if (at >= 0) result.splice(at, 1);
      // Items with merge keys are objects.
    } else if (at >= 0) result[at] = strategicMergePatch(result[at] as Json, item);
    else result.push(withoutDirectives(item));
  }
  return result;
}

/** Strategic merge identifies ports by number alone, unlike apply. */
function strategicKeys(field: string, items: readonly unknown[]): readonly string[] | undefined {
  const keys = mergeKeys(field, items);
  return keys && field === 'ports' ? keys.slice(0, 1) : keys;
}

function withoutDirectives(item: Json): Json {
  return Object.fromEntries(Object.entries(item).filter(([key]) => !key.startsWith('$')));
}

// Array.isArray says `any[]`.
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** RFC 6902. Throws a Status of 400 for a list that is none and an operation that can't be applied. */
export function jsonPatch(target: unknown, operations: unknown): unknown {
  if (!Array.isArray(operations)) throw badRequest('a JSON patch is a list of operations');
  const document = cloneJson(target);
  // rfc6902 checks each operation and reports those that it does not know.
  const results = applyPatch(document, operations as Operation[]);
  const failed = results.findIndex((error) => error !== null);
  if (failed >= 0) {
    // One of them failed, so it is there.
    const { op, path } = operations[failed] as Operation;
    throw badRequest(op === 'test' ? `test failed at ${path}` : `no value at ${path}`);
  }
  return document;
}
