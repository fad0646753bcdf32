/** The selected rows. Pure. */

/** Without the stores that are no longer shown; the same set if all are. */
export function keepShown(selected: ReadonlySet<string>, shown: readonly { id: string }[]): ReadonlySet<string> {
  if (selected.size === 0) return selected;
  const visible = new Set(shown.map(({ id }) => id));
  const kept = [...selected].filter((id) => visible.has(id));
  return kept.length === selected.size ? selected : new Set(kept);
}

export function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const ids = new Set(selected);
  if (!ids.delete(id)) ids.add(id);
  return ids;
}

/** The rows from `from` to `to`, both included, in either direction; `to` alone if `from` is not among them. */
export function rangeOf(ids: readonly string[], from: string | undefined, to: string): string[] {
  const first = from === undefined ? -1 : ids.indexOf(from);
  const last = ids.indexOf(to);
  if (first < 0 || last < 0) return [to];
  return ids.slice(Math.min(first, last), Math.max(first, last) + 1);
}
