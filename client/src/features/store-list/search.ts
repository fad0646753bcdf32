/** Finds stores by the words of the filter field. Pure. */
import type { Store } from '@shopyard/contracts';

/** What the filter field searches, for people. */
export const SEARCHED = 'name, namespace, URL, ID, phase, attention, reason, message, creator or label:value';

const labelsOf = ({ labels = {} }: Store): string[] =>
  Object.entries(labels).map(([name, value]) => `${name}:${value}`);

export function toWords(filter: string): string[] {
  return filter.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Whether each word occurs in one of the store's fields. */
export function matches(store: Store, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const searched = [visibleText(store), ...hiddenFields(store)].join('\n').toLowerCase();
  return words.every((word) => searched.includes(word));
}

/** Fields that a row doesn't show and that are why it matches: namespace, ID, labels. */
export function findHidden(store: Store, words: readonly string[]): string[] {
  const visible = visibleText(store).toLowerCase();
  const unseen = words.filter((word) => !visible.includes(word));
  return hiddenFields(store).filter((field) => unseen.some((word) => field.toLowerCase().includes(word)));
}

function visibleText({ name, url, phase, attention, reason = '', message = '', createdBy }: Store): string {
  return [name, url, phase, attention.level, reason, message, createdBy].join('\n');
}

function hiddenFields(store: Store): string[] {
  return [store.namespace, store.id, ...labelsOf(store)];
}
