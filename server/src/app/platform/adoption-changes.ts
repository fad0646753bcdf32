/** Computes what adopting a store would change in its release. Pure. */
import type { AdoptionChange } from '@shopyard/contracts';

type Values = Record<string, unknown>;

const MAX_TEXT = 200;

/** Both arguments include the chart's and the platform's values. Sorted by path. */
export function changesBetween(before: Values, after: Values): AdoptionChange[] {
  const [old, next] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...old.keys(), ...next.keys()])]
    .filter((path) => old.get(path) !== next.get(path))
    .toSorted()
    .map((path) => toChange(path, old.get(path), next.get(path)));
}

export function toChange(what: string, before: string | undefined, after: string | undefined): AdoptionChange {
  return { what, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

/** A list counts as one leaf, because helm replaces lists whole. */
function leavesOf(values: Values, path = ''): Map<string, string> {
  const leaves = new Map<string, string>();
  for (const [key, value] of Object.entries(values)) {
    const at = path ? `${path}.${key}` : key;
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      // Neither null nor an array.
      for (const [below, text] of leavesOf(value as Values, at)) leaves.set(below, text);
    else if (value !== null && value !== undefined)
      leaves.set(at, (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, MAX_TEXT));
  }
  return leaves;
}
