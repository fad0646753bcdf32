/** Compares two maps of values. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { isMap } from '../../chart/platform-values.ts';

type Values = Record<string, unknown>;

export interface ValueDifference {
  /** Key by key. */
  path: string[];
  /** `undefined` where there is no value. */
  before: unknown;
  after: unknown;
}

/** The leaves that differ, by the order of their keys. A list counts as one leaf, because helm replaces lists whole. */
export function differencesOf(before: Values, after: Values, path: readonly string[] = []): ValueDifference[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].toSorted().flatMap((key) => {
    const [old, next] = [before[key], after[key]];
    const at = [...path, key];
    if (isDeepStrictEqual(old, next)) return [];
    if (isMap(old) ? next === undefined || isMap(next) : isMap(next) && old === undefined)
      return differencesOf(isMap(old) ? old : {}, isMap(next) ? next : {}, at);
    return [{ path: at, before: old, after: next }];
  });
}

export function changedPaths(before: Values, after: Values): string[][] {
  return differencesOf(before, after).map(({ path }) => path);
}
