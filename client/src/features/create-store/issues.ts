/** What is wrong with the input, at its field or line. Pure. */
import type { ServerIssue } from '../../lib/read-issues.ts';

export type FieldName = 'title' | 'name' | 'team' | 'country' | 'currency' | 'size' | 'labels' | 'yaml' | 'form';

export interface Issue {
  field: FieldName;
  message: string;
  /** Line of the YAML, from 1. */
  line?: number;
}

export function issuesOf(issues: readonly Issue[], field: FieldName): Issue[] {
  return issues.filter((issue) => issue.field === field);
}

/** The fields of the form by their path in the values. */
export const FIELD_PATHS = {
  title: ['store', 'title'],
  country: ['store', 'country'],
  currency: ['store', 'currency'],
  size: ['size'],
} as const satisfies Partial<Record<FieldName, readonly string[]>>;

/** Line of a dotted path in the YAML, or of the part of it that is there; undefined if the YAML has nothing of it. */
export type FindLine = (path: string) => number | undefined;

type Named = Pick<ServerIssue, 'path' | 'message'>;

/** Puts each of the server's issues at the field or line that it is about, those of the YAML last, in their order. */
export function placeIssues(issues: readonly Named[], findLine: FindLine): Issue[] {
  return issues.map((issue) => placeIssue(issue, findLine)).toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function placeIssue({ path, message }: Named, findLine: FindLine): Issue {
  if (path === 'name' || path === 'team') return { field: path, message };
  if (path.startsWith('labels')) return { field: 'labels', message: withPath(path.slice('labels.'.length), message) };
  if (!/^values\b/.test(path)) return { field: 'form', message: withPath(path, message) };
  const value = path.slice('values.'.length);
  const line = findLine(value);
  if (line !== undefined) return { field: 'yaml', line, message: withPath(value, message) };
  const field = fieldAt(value);
  return field ? { field, message } : { field: 'form', message: withPath(value, message) };
}

function fieldAt(path: string): FieldName | undefined {
  for (const [field, own] of Object.entries(FIELD_PATHS))
    // Object.entries forgets the keys' type.
    if (own.join('.') === path) return field as keyof typeof FIELD_PATHS;
  return undefined;
}

function withPath(path: string, message: string): string {
  return path === '' ? message : `${path}: ${message}`;
}
