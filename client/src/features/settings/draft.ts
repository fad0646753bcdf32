/** A change of a store while it is edited: its text, its labels, and what is wrong with them. Pure. */
import {
  type FieldIssue,
  isSameValue,
  differencesOf,
  type StoreSettings,
  type ValueDifference,
  type Values,
} from '@shopyard/contracts';
import { mergeTheirs, type Merged } from './merge-theirs.ts';
import { parseText, setValue, toText } from './values-document.ts';

export type Labels = Readonly<Record<string, string>>;
/** A label while it is typed; names may be empty, or the same. */
export type LabelRow = readonly [name: string, value: string];

export interface Draft {
  /** What the change was made from. */
  base: Pick<StoreSettings, 'generation' | 'own'>;
  baseLabels: Labels;
  text: string;
  labels: readonly LabelRow[];
  /** What the server refused at the last review; the first keys of paths are `values` or `labels`. */
  issues: readonly FieldIssue[];
  /** What somebody else changed since the last review. */
  merged: Omit<Merged, 'text'> | undefined;
}

export type DraftAction =
  | { type: 'typed'; text: string }
  | { type: 'set'; path: readonly string[]; value: unknown }
  | { type: 'labelled'; labels: readonly LabelRow[] }
  | { type: 'refused'; issues: readonly FieldIssue[] }
  /** The store has other values now. */
  | { type: 'theirs'; base: Draft['base'] }
  | { type: 'reset'; base: Draft['base']; labels: Labels }
  | { type: 'noticed' };

export function newDraft(base: Draft['base'], labels: Labels): Draft {
  return {
    base: { generation: base.generation, own: base.own },
    baseLabels: labels,
    text: toText(base.own),
    labels: Object.entries(labels),
    issues: [],
    merged: undefined,
  };
}

export function changeDraft(draft: Draft, action: DraftAction): Draft {
  switch (action.type) {
    case 'typed':
      return { ...draft, text: action.text, issues: draft.issues.filter(({ path }) => path[0] === 'labels') };
    case 'set': {
      const field = ['values', ...action.path].join('.');
      const issues = draft.issues.filter((issue) => issue.field !== field);
      return { ...draft, text: setValue(draft.text, action.path, action.value), issues };
    }
    case 'labelled':
      return { ...draft, labels: action.labels, issues: draft.issues.filter(({ path }) => path[0] !== 'labels') };
    case 'refused':
      return { ...draft, issues: action.issues };
    case 'theirs': {
      const { base } = action;
      if (base.generation === draft.base.generation) return draft;
      const { text, ...merged } = mergeTheirs(draft.text, draft.base.own, base.own);
      const isNews = isChanged(draft) && merged.taken.length + merged.kept.length > 0;
      return { ...draft, base, text, merged: isNews ? merged : draft.merged };
    }
    case 'reset':
      return newDraft(action.base, action.labels);
    case 'noticed':
      return { ...draft, merged: undefined };
  }
}

function labelsOf({ labels }: Draft): Labels {
  return Object.fromEntries(labels.filter(([name, value]) => name !== '' || value !== ''));
}

/** The store's present labels with those that were changed here: others' changes stay. */
export function labelsOver(present: Labels, draft: Draft): Record<string, string> {
  const labels = new Map(Object.entries(present));
  for (const { path, after } of changesOf(draft).labels) {
    const [name = ''] = path;
    if (typeof after === 'string') labels.set(name, after);
    else labels.delete(name);
  }
  return Object.fromEntries(labels);
}

export interface DraftChanges {
  /** Own values that differ; none while the text can't be read. */
  values: ValueDifference[];
  labels: ValueDifference[];
}

export function changesOf(draft: Draft): DraftChanges {
  const { values = draft.base.own } = parseText(draft.text);
  return { values: differencesOf(draft.base.own, values), labels: differencesOf(draft.baseLabels, labelsOf(draft)) };
}

/** Whether leaving would lose something. */
export function isChanged(draft: Draft): boolean {
  const parsed = parseText(draft.text);
  if (parsed.problems) return draft.text !== toText(draft.base.own);
  return !isSameValue(parsed.values, draft.base.own) || !isSameValue(labelsOf(draft), draft.baseLabels);
}

/** The values to send: as they are if the text can't be read. */
export function valuesOf({ text, base }: Draft): Values {
  return parseText(text).values ?? base.own;
}
