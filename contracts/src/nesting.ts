/** How deep JSON may be nested: without a limit, whatever walks it recursively ends with its stack. */

/** Levels of maps and lists that a store's values may have. The chart's own have five. */
export const MAX_VALUES_DEPTH = 20;
export const TOO_DEEP = `must not be nested more than ${MAX_VALUES_DEPTH} levels deep`;

/** True when `value` has more than `levels` maps and lists inside one another. Never recurses. */
export function isNestedDeeper(value: unknown, levels: number): boolean {
  const open = [{ value, depth: 1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > levels) return true;
    for (const child of Object.values(value)) open.push({ value: child as unknown, depth: depth + 1 });
  }
  return false;
}
