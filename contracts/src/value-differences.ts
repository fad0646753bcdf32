/** Compares values as JSON has them: server and dashboard name the same differences. Pure. */

export type Values = Readonly<Record<string, unknown>>;

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
    const [old, next] = [ownValue(before, key), ownValue(after, key)];
    const at = [...path, key];
    if (isSameValue(old, next)) return [];
    if (isMap(old) ? next === undefined || isMap(next) : isMap(next) && old === undefined)
      return differencesOf(isMap(old) ? old : {}, isMap(next) ? next : {}, at);
    return [{ path: at, before: old, after: next }];
  });
}

/** Whatever the order of keys. Maps without keys are the same as nothing: helm merges them away. */
export function isSameValue(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => isSameValue(item, other[index]));
  if (!isMapOrNothing(one) || !isMapOrNothing(other)) return one === other;
  const [a, b] = [one ?? {}, other ?? {}];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => isSameValue(ownValue(a, key), ownValue(b, key)));
}

/** The value at a path; `undefined` if there is none. */
export function valueAt(values: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return values;
  return isMap(values) ? valueAt(ownValue(values, key), rest) : undefined;
}

/** `constructor` and `__proto__` are keys like any other. */
function ownValue(values: Values, key: string): unknown {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

const isMapOrNothing = (value: unknown): value is Values | undefined => value === undefined || isMap(value);

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
