/** Limits the nesting of JSON, so that recursive code can't overflow its stack. */

/** Maximum nesting of maps and lists in a store's values. The chart's own values have five levels. */
export const MAX_VALUES_DEPTH = 20;
export const TOO_DEEP = `must not be nested more than ${MAX_VALUES_DEPTH} levels deep`;

/** Whether `value` nests maps and lists more than `levels` deep. Does not recurse. */
export function isNestedDeeper(value: unknown, levels: number): boolean {
  const open = [{ value, depth: 1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > levels) return true;
    // `Object.values` returns `any` here.
    for (const child of Object.values(value)) open.push({ value: child as unknown, depth: depth + 1 });
  }
  return false;
}
