/** The three classic patch formats of the Kubernetes API. Server-side apply is in a separate folder. */
import { badRequest } from '../api-error.ts';
import { isObject } from '../apply/field-set.ts';
import { mergeKeys } from '../apply/list-keys.ts';
import { cloneJson } from '../storage/json.ts';

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

/** Kubernetes' strategic merge: keyed lists merge by item; `$patch`, `$retainKeys`, `$deleteFromPrimitiveList`. */
export function strategicMergePatch(target: Json, patch: Json): Json {
  if (patch['$patch'] === 'replace') return withoutDirectives(patch);
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
  const same = (a: unknown, b: unknown): boolean => keys.every((key) => (a as Json)[key] === (b as Json)[key]);
  const result = [...target];
  for (const item of patch as Json[]) {
    const at = result.findIndex((existing) => same(existing, item));
    if (item['$patch'] === 'delete') {
      if (at >= 0) result.splice(at, 1);
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

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

interface Operation {
  op: string;
  path: string;
  from?: string;
  value?: unknown;
}

/** RFC 6902: add, remove, replace and test. */
export function jsonPatch(target: unknown, operations: unknown): unknown {
  if (!Array.isArray(operations)) throw badRequest('a JSON patch is a list of operations');
  let document = cloneJson(target);
  for (const operation of operations as Operation[]) {
    const path = operation.path
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    document = applyOperation(document, path, operation);
  }
  return document;
}

function applyOperation(node: unknown, path: readonly string[], operation: Operation): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return operation.op === 'test' ? expectEqual(node, operation) : operation.value;
  if (Array.isArray(node)) return patchList(node, { head, rest, operation });
  if (!isObject(node)) throw badRequest(`no value at ${operation.path}`);
  if (rest.length > 0 || operation.op === 'test') {
    if (!(head in node)) throw badRequest(`no value at ${operation.path}`);
    return { ...node, [head]: applyOperation(node[head], rest, operation) };
  }
  if (operation.op === 'remove') {
    const { [head]: _removed, ...others } = node;
    return others;
  }
  return { ...node, [head]: operation.value };
}

function patchList(list: unknown[], at: { head: string; rest: readonly string[]; operation: Operation }): unknown[] {
  const { head, rest, operation } = at;
  const index = head === '-' ? list.length : Number(head);
  const copy = [...list];
  if (rest.length > 0 || operation.op === 'test') copy[index] = applyOperation(copy[index], rest, operation);
  else if (operation.op === 'remove') copy.splice(index, 1);
  else if (operation.op === 'add') copy.splice(index, 0, operation.value);
  else copy[index] = operation.value;
  return copy;
}

function expectEqual(node: unknown, operation: Operation): unknown {
  if (JSON.stringify(node) !== JSON.stringify(operation.value)) throw badRequest(`test failed at ${operation.path}`);
  return node;
}
