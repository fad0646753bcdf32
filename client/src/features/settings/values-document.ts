/**
 * Own values as a person edits them: YAML text. The form changes the document, so comments and order stay where the
 * person left them. Pure; loaded with the settings alone, because of the YAML parser.
 */
import { valueAt, type Values } from '@shopyard/contracts';
import { type Document, isMap, isPair, isScalar, type Node, parseDocument, stringify } from 'yaml';

export interface TextProblem {
  message: string;
  /** Offsets in the text. */
  from: number;
  to: number;
}

/** The values that a text stands for, or why it can't be read. */
export type ParsedValues = { values: Values; problems?: undefined } | { values?: undefined; problems: TextProblem[] };

export function toText(values: Values): string {
  return Object.keys(values).length > 0 ? stringify(values, { lineWidth: 0 }) : '';
}

export function parseText(text: string): ParsedValues {
  const document = parseDocument(text, { prettyErrors: false });
  const problems = document.errors.map(({ message, pos: [from, to] }) => ({ message, from, to: Math.max(to, from) }));
  if (problems.length > 0) return { problems };
  const values: unknown = document.toJS();
  if (values === null || values === undefined) return { values: {} };
  if (typeof values === 'object' && !Array.isArray(values)) return { values: { ...values } };
  return { problems: [{ message: 'Write a map, such as "store: {currency: USD}".', from: 0, to: text.length }] };
}

/** Sets a value, or removes it if it is `undefined`. The text must be readable. */
export function setValue(text: string, path: readonly string[], value: unknown): string {
  const document: Document = parseDocument(text);
  if (value === undefined) removeFrom(document, path);
  else {
    if (!isMap(document.contents)) document.contents = document.createNode({});
    openParents(document, path);
    const present = document.getIn(path, true);
    // A scalar that only gets another value keeps the comment beside it, but not the quotes of the old one.
    if (isScalar(present) && isPlain(value)) Object.assign(present, { value, type: undefined, source: undefined });
    else document.setIn(path, document.createNode(value));
  }
  const isEmpty = isMap(document.contents) && document.contents.items.length === 0;
  return isEmpty ? commentsOf(text) : document.toString({ lineWidth: 0 });
}

/** Where a value, or the nearest map above it, is written. */
export function rangeOf(text: string, path: readonly string[]): { from: number; to: number } | undefined {
  const document = parseDocument(text);
  for (let length = path.length; length > 0; length--) {
    const range = findKey(document, path.slice(0, length));
    if (range) return range;
  }
  return undefined;
}

function findKey(document: Document, path: readonly string[]): { from: number; to: number } | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1));
  if (!isPair(pair) || !isScalar(pair.key)) return undefined;
  const [from = 0, end = 0] = pair.key.range ?? [];
  const value = isScalar(pair.value) ? pair.value.range?.[1] : undefined;
  return { from, to: value ?? end };
}

/** A parent that holds no map, such as `wordpress:` alone, becomes one. */
function openParents(document: Document, path: readonly string[]): void {
  for (let length = 1; length < path.length; length++) {
    const at = path.slice(0, length);
    if (document.hasIn(at) && !isMap(document.getIn(at, true))) document.setIn(at, document.createNode({}));
  }
}

/** Maps that become empty go too, unless somebody commented them. */
function removeFrom(document: Document, path: readonly string[]): void {
  if (!document.hasIn(path)) return;
  document.deleteIn(path);
  for (let length = path.length - 1; length > 0; length--) {
    const at = path.slice(0, length);
    const parent = document.getIn(at, true);
    if (!isMap(parent) || parent.items.length > 0 || hasComment(parent)) return;
    document.deleteIn(at);
  }
}

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

function hasComment(node: Node): boolean {
  return Boolean(node.comment ?? node.commentBefore);
}

/** What is left of a text without values. */
function commentsOf(text: string): string {
  const comments = text.split('\n').filter((line) => line.startsWith('#'));
  return comments.map((line) => `${line}\n`).join('');
}

/** Own values of a text at a path; `undefined` if there is none, or the text can't be read. */
export function ownAt(parsed: ParsedValues, path: readonly string[]): unknown {
  return parsed.problems ? undefined : valueAt(parsed.values, path);
}
