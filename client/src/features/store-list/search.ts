/** Finds stores by the words of the filter field. Pure. */
import { reasonTitle, type Store } from '@shopyard/contracts';

/** What the filter field searches, for people. */
export const SEARCHED =
  'name, namespace, URL, ID, phase, attention, reason, message, creator, label:value or software:version';

const namedIn = (values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).map(([name, value]) => `${name}:${value}`);

export function toWords(filter: string): string[] {
  return filter.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Whether each word occurs in one of the store's fields. */
export type Finds = (store: Store, words: readonly string[]) => boolean;

export const matches: Finds = (store, words) => {
  const searched = textOf(store);
  return words.every((word) => searched.includes(word));
};

/** Remembers each store's text for as long as the store stays the same object: among thousands, few change at a time. */
export function createFinder(): Finds {
  const texts = new WeakMap<Store, string>();
  return (store, words) => {
    if (words.length === 0) return true;
    const searched = texts.get(store) ?? textOf(store);
    texts.set(store, searched);
    return words.every((word) => searched.includes(word));
  };
}

function textOf(store: Store): string {
  return [visibleText(store), ...hiddenFields(store)].join('\n').toLowerCase();
}

/** Fields that a row doesn't show and that are why it matches: namespace, ID, labels, versions. */
export function findHidden(store: Store, words: readonly string[]): string[] {
  const visible = visibleText(store).toLowerCase();
  const unseen = words.filter((word) => !visible.includes(word));
  return hiddenFields(store).filter((field) => unseen.some((word) => field.toLowerCase().includes(word)));
}

function visibleText({ name, url, phase, attention, reason, message = '', createdBy }: Store): string {
  const reasons = reason === undefined ? [] : [reason, reasonTitle(reason)];
  return [name, url, phase, attention.level, ...reasons, message, createdBy].join('\n');
}

function hiddenFields(store: Store): string[] {
  return [store.namespace, store.id, ...namedIn(store.labels ?? {}), ...namedIn(store.versions ?? {})];
}
