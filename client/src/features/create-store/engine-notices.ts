/** What people read below the choice of an engine. Pure. */
import type { EngineView, Store } from '@shopyard/contracts';

/** Of the chosen one while none of its stores works, and of those that can't be chosen. */
export function noticesOf(
  engines: readonly EngineView[],
  chosen: EngineView | undefined,
  stores: Iterable<Pick<Store, 'engine' | 'readyAt'>>,
): string[] {
  const worked = new Set([...stores].filter(({ readyAt }) => readyAt !== undefined).map(({ engine }) => engine));
  const named = engines.filter(({ id, runs }) => runs === 'unavailable' || (id === chosen?.id && !worked.has(id)));
  return named.flatMap(({ title, runs, notice }) =>
    notice === undefined ? [] : [runs === 'unavailable' ? `No ${title}: ${notice}` : notice],
  );
}
