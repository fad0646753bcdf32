/** Finds stores by the words of the filter field. Pure. */
import { needsAttention, reasonTitle, type Store } from '@shopyard/contracts';
import type { ColumnId } from './column-ids.ts';

/** What the filter field searches, for people. */
export const SEARCHED =
  'name, namespace, URL, ID, phase, attention, reason, message, creator, label:value or software:version';

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
  return fieldsOf(store)
    .map(({ searched }) => searched)
    .join('\n')
    .toLowerCase();
}

/**
 * Fields that the row doesn't show and that are why it matches, with their names: `Namespace: store-mugs`. `columns`: those
 * that are seen beside name and status.
 */
export function findHidden(store: Store, words: readonly string[], columns: ReadonlySet<ColumnId>): string[] {
  const fields = fieldsOf(store).map((field) => ({ ...field, text: field.searched.toLowerCase() }));
  const isSeen = ({ seen }: Field): boolean => seen === true || (seen !== false && columns.has(seen));
  const unseen = words.filter((word) => !fields.some((field) => isSeen(field) && field.text.includes(word)));
  return fields
    .filter((field) => !isSeen(field) && unseen.some((word) => field.text.includes(word)))
    .map(({ name, searched, words: said = searched }) => (name === undefined ? said : `${name}: ${said}`));
}

interface Field {
  /** Undefined if the text itself says what it is. */
  name?: string;
  searched: string;
  /** For people, if not the same. */
  words?: string;
  /** Shown in every row, in a column, or nowhere. */
  seen: ColumnId | boolean;
}

function fieldsOf(store: Store): Field[] {
  const { name, namespace, id, url, phase, attention, reason, message = '', createdBy, operation } = store;
  const title = reason === undefined ? '' : reasonTitle(reason);
  return [
    { searched: name, seen: true },
    { searched: phase, seen: true },
    { name: 'Attention', searched: attention.level, seen: needsAttention(store) && phase !== 'Failed' },
    { name: 'Reason', searched: `${reason ?? ''} ${title}`, words: title, seen: false },
    { name: 'Message', searched: message, seen: phase !== 'Ready' && operation?.state !== 'waiting' },
    { name: 'URL', searched: url, seen: 'url' },
    { name: 'Created by', searched: createdBy, seen: 'by' },
    { name: 'Namespace', searched: namespace, seen: 'namespace' },
    { name: 'ID', searched: id, seen: false },
    ...pairsOf(store.labels).map((searched): Field => ({ searched, seen: 'labels' })),
    ...pairsOf(store.versions).map((searched): Field => ({ searched, seen: 'versions' })),
  ];
}

const pairsOf = (values: Readonly<Record<string, string>> = {}): string[] =>
  Object.entries(values).map(([name, value]) => `${name}:${value}`);
