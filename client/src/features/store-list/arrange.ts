/** Filters and sorts the store list. Pure. */
import { needsAttention, type Phase, PHASES, type Store } from '@shopyard/contracts';
import { type Finds, matches, toWords } from './search.ts';

export const SORTS = ['name', 'phase', 'pods', 'age'] as const;
export type Sort = (typeof SORTS)[number];

export interface ListQuery {
  /** Words, all of which must occur in a store; search.ts says where. */
  filter: string;
  /** Empty: all phases. */
  phases: readonly Phase[];
  /** Show only stores that need attention. */
  urgent: boolean;
  sort: Sort;
  descending: boolean;
}

export const DEFAULT_QUERY: ListQuery = { filter: '', phases: [], urgent: false, sort: 'age', descending: false };

const LEVELS: Record<Store['attention']['level'], number> = { broken: 0, stuck: 1, working: 2, ok: 3 };
/** Order among stores with the same attention level. */
const URGENCY: Record<Phase, number> = {
  Failed: 0,
  Degraded: 1,
  Provisioning: 2,
  Upgrading: 3,
  Queued: 4,
  Deleting: 5,
  Suspended: 6,
  Ready: 7,
};

const missing = ({ pods }: Store): number => pods.total - pods.ready;
const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** With the numbers in it padded: shop-2 comes before shop-10. */
const padded = (name: string): string => name.replaceAll(/\d+/g, (digits) => digits.padStart(10, '0'));
const COMPARE: Record<Exclude<Sort, 'name'>, (a: Store, b: Store) => number> = {
  phase: (a, b) => LEVELS[a.attention.level] - LEVELS[b.attention.level] || URGENCY[a.phase] - URGENCY[b.phase],
  pods: (a, b) => missing(b) - missing(a),
  // The youngest has the smallest age.
  age: (a, b) => text(b.createdAt, a.createdAt),
};

/** `counts`, `total` and `urgent` (stores that need attention) cover all stores that match the filter, in any phase. */
export function arrange(
  stores: Iterable<Store>,
  { filter, phases, urgent, sort, descending }: ListQuery,
  finds: Finds = matches,
): { shown: Store[]; counts: Map<Phase, number>; total: number; urgent: number } {
  const words = toWords(filter);
  const found = [...stores].filter((store) => finds(store, words));
  const counts = new Map<Phase, number>(PHASES.map((phase) => [phase, 0]));
  for (const { phase } of found) counts.set(phase, (counts.get(phase) ?? 0) + 1);
  const chosen = new Set(phases);
  const shown = found.filter(
    (store) => (chosen.size === 0 || chosen.has(store.phase)) && (!urgent || needsAttention(store)),
  );
  const names = new Map<Store, string>();
  const nameOf = (store: Store): string => {
    const name = names.get(store) ?? padded(store.name);
    names.set(store, name);
    return name;
  };
  const byName = (a: Store, b: Store): number => text(nameOf(a), nameOf(b));
  const compare = sort === 'name' ? byName : COMPARE[sort];
  const sign = descending ? -1 : 1;
  return {
    shown: shown.toSorted((a, b) => sign * compare(a, b) || byName(a, b)),
    counts,
    total: found.length,
    urgent: found.filter(needsAttention).length,
  };
}

/**
 * Keeps rows in place while the pointer is over the list. Held stores keep their order and show their current state, or
 * their last one if they are gone, that is, no longer among `all`; new stores come last.
 */
export function keepPlaces(
  held: readonly Store[],
  shown: readonly Store[],
  all: ReadonlyMap<string, Store>,
): { store: Store; gone: boolean }[] {
  const known = new Set(held.map(({ id }) => id));
  return [
    ...held.map((store) => ({ store: all.get(store.id) ?? store, gone: !all.has(store.id) })),
    ...shown.filter(({ id }) => !known.has(id)).map((store) => ({ store, gone: false })),
  ];
}

/** Converts a query to address parameters; omits the default sorting. */
export function toParams({ filter, phases, urgent, sort, descending }: ListQuery): Record<string, string | undefined> {
  const usual = sort === DEFAULT_QUERY.sort && !descending;
  const attention = urgent ? '1' : undefined;
  return { q: filter, phase: phases.join(','), attention, sort: usual ? undefined : `${descending ? '-' : ''}${sort}` };
}

export function parseQuery(params: URLSearchParams): ListQuery {
  const sort = params.get('sort') ?? '';
  const named = SORTS.find((candidate) => candidate === sort.replace(/^-/, ''));
  const phases = (params.get('phase') ?? '').split(',');
  return {
    filter: params.get('q') ?? '',
    phases: PHASES.filter((phase) => phases.includes(phase)),
    urgent: params.get('attention') === '1',
    sort: named ?? DEFAULT_QUERY.sort,
    descending: named !== undefined && sort.startsWith('-'),
  };
}
