/** Views of the list saved by name: the parameters of its address. Pure. */

export interface SavedView {
  name: string;
  /** Such as `q=tea&sort=name`; empty for all stores in the usual order. */
  query: string;
}

/** Saves a view; one of the same name is replaced. Ordered by name. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  return [...withoutView(views, view.name), view].toSorted((a, b) => a.name.localeCompare(b.name));
}

export function withoutView(views: readonly SavedView[], name: string): SavedView[] {
  return views.filter((view) => view.name !== name);
}

/** Leaves out whatever is not a view. */
export function parseViews(text: string | null): SavedView[] {
  const found: unknown = tryParse(text ?? '[]');
  return Array.isArray(found) ? found.filter(isView) : [];
}

function isView(value: unknown): value is SavedView {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'query' in value &&
    typeof value.query === 'string'
  );
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
