/** Takes a change that somebody else made meanwhile into values that are being edited. Pure. */
import { differencesOf, isSameValue, valueAt, type Values } from '@shopyard/contracts';
import { parseText, setValue } from './values-document.ts';

export interface Merged {
  text: string;
  /** Paths that they changed, and that were taken over. */
  taken: string[][];
  /** Paths that both changed: ours stay. */
  kept: string[][];
}

/** `text`: ours, made from `base`. A text that can't be read stays as it is. */
export function mergeTheirs(text: string, base: Values, theirs: Values): Merged {
  const ours = parseText(text);
  const merged: Merged = { text, taken: [], kept: [] };
  if (ours.problems) return merged;
  for (const { path, before, after } of differencesOf(base, theirs)) {
    const mine = valueAt(ours.values, path);
    if (isSameValue(mine, after)) continue;
    if (isSameValue(mine, before)) {
      merged.text = setValue(merged.text, path, after);
      merged.taken.push(path);
    } else merged.kept.push(path);
  }
  return merged;
}
