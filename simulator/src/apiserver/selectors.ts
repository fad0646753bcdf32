/** Label and field selectors, in the syntax of the API's query parameters. */
import { badRequest } from './api-error.ts';
import type { KubeObject } from '../objects.ts';

export type Matcher = (object: KubeObject) => boolean;

interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

/** `a=b,c!=d,e in (f,g),h notin (i),j,!k` → a test of an object's labels. Throws ApiError 400. */
export function labelMatcher(selector: string | null | undefined): Matcher {
  if (!selector) return () => true;
  const tests = selector.split(/,(?![^(]*\))/).map((term) => requirement(term.trim()));
  return (object) => {
    const labels = object.metadata.labels ?? {};
    return tests.every((test) => test(labels));
  };
}

/** Whether labels satisfy an object's label selector. An empty selector matches everything. */
export function selectorMatches(selector: LabelSelector | undefined, labels: Record<string, string> = {}): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => operate(labels[key], operator, values))
  );
}

function requirement(term: string): (labels: Record<string, string>) => boolean {
  const set = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(term);
  if (set) {
    const [, key = '', word = '', list = ''] = set;
    const values = list.split(',').map((value) => value.trim());
    return (labels) => operate(labels[key], word === 'in' ? 'In' : 'NotIn', values);
  }
  const equality = /^([^=!\s]+)\s*(==|=|!=)\s*(\S*)$/.exec(term);
  if (equality) {
    const [, key = '', sign = '', value = ''] = equality;
    return (labels) => operate(labels[key], sign === '!=' ? 'NotIn' : 'In', [value]);
  }
  if (/^!\S+$/.test(term)) return (labels) => labels[term.slice(1)] === undefined;
  if (/^[^\s!=()]+$/.test(term)) return (labels) => labels[term] !== undefined;
  throw badRequest(`unable to parse requirement: ${term}`);
}

function operate(label: string | undefined, operator: string, values: readonly string[]): boolean {
  switch (operator) {
    case 'In':
      return label !== undefined && values.includes(label);
    case 'NotIn':
      return label === undefined || !values.includes(label);
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    default:
      throw badRequest(`unknown selector operator ${operator}`);
  }
}

/** `metadata.name=a,type!=Normal` → a test of an object's fields. */
export function fieldMatcher(selector: string | null | undefined): Matcher {
  if (!selector) return () => true;
  const tests = selector.split(',').map((term) => {
    const match = /^([^=!]+)(==|=|!=)(.*)$/.exec(term.trim());
    if (!match) throw badRequest(`invalid field selector: ${term}`);
    const [, path = '', sign, value = ''] = match;
    return (object: KubeObject) => (fieldText(object, path) === value) === (sign !== '!=');
  });
  return (object) => tests.every((test) => test(object));
}

function fieldText(object: KubeObject, path: string): string {
  let value: unknown = object;
  // Anything without fields yields undefined.
  for (const part of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[part];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
