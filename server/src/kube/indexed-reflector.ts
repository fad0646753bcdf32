/** Indexes a reflector's items by group, so that finding one store's pods needs no full scan. */
import type { KubeObject } from './objects.ts';
import { Reflector, type ReflectorOptions } from './reflector.ts';

export interface IndexedReflector<Item> {
  of(group: string): Item[];
  reflector: Pick<Reflector<KubeObject, Item>, 'synced' | 'staleSince' | 'start' | 'close' | 'values'>;
}

type GroupedOptions<Raw extends KubeObject, Item> = Omit<ReflectorOptions<Raw, Item>, 'onChange'> & {
  /** An item's group; items in group '' are dropped. */
  groupOf: (item: Item) => string;
  onGroup: (group: string) => void;
};

export function createIndexedReflector<Raw extends KubeObject, Item>(
  options: GroupedOptions<Raw, Item>,
): IndexedReflector<Item> {
  const groups = new Map<string, Set<Item>>();
  const { groupOf, onGroup, ...rest } = options;
  const reflector = new Reflector<Raw, Item>({
    ...rest,
    onChange({ previous, next }) {
      const before = previous && groupOf(previous);
      const after = next && groupOf(next);
      if (previous && before) {
        const group = groups.get(before);
        group?.delete(previous);
        if (group?.size === 0) groups.delete(before);
      }
      if (next && after) {
        const group = groups.get(after) ?? new Set();
        groups.set(after, group.add(next));
      }
      if (before) onGroup(before);
      if (after && after !== before) onGroup(after);
    },
  });
  return { of: (group) => [...(groups.get(group) ?? [])], reflector };
}
