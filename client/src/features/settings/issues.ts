/** Where the server's issues are shown. Pure. */
import { type FieldIssue, schemaAt, type Setting, type ValueSchema } from '@shopyard/contracts';
import { toSentence } from '../../lib/to-sentence.ts';
import { rangeOf, type TextProblem } from './values-document.ts';

/** The sentences about a value. */
export function issueOf(issues: readonly FieldIssue[], path: readonly string[]): string | undefined {
  const field = ['values', ...path].join('.');
  const found = issues.filter((issue) => issue.field === field).map(({ message }) => message);
  // What a value should be says how long it may be.
  const telling = found.length > 1 ? found.filter((message) => !message.startsWith('must have at most')) : found;
  return telling.length > 0 ? telling.map(toSentence).join(' ') : undefined;
}

/** Issues without a field of their own. */
export function issuesElsewhere(issues: readonly FieldIssue[], shown: readonly Setting[]): FieldIssue[] {
  const fields = new Set(shown.map(({ path }) => ['values', ...path].join('.')));
  return issues.filter(({ field, path }) => path[0] !== 'labels' && !fields.has(field));
}

/** The same at their lines; at the first one if they are about what isn't written. */
export function toProblems(issues: readonly FieldIssue[], text: string): TextProblem[] {
  return issues.flatMap(({ path: [root, ...path], message }) => {
    if (root !== 'values') return [];
    const { from, to } = rangeOf(text, path) ?? { from: 0, to: 0 };
    return [{ message: `${path.join('.')}: ${message}`, from, to }];
  });
}

/** A field for a value that the form doesn't list; `undefined` for maps and lists, which are set as YAML. */
export function settingFor(schema: ValueSchema, path: readonly string[]): Setting | undefined {
  const known = path.length > 0 ? schemaAt(schema, path) : undefined;
  const types = [known?.type ?? []].flat();
  const isField = known !== undefined && (known.enum !== undefined || types.some((type) => SIMPLE.has(type)));
  if (!isField) return undefined;
  const label = path.join('.');
  return {
    path: [...path],
    label,
    hint: toSentence(known.description ?? 'A value of the chart'),
    group: 'From the diagnosis',
  };
}

const SIMPLE: ReadonlySet<string> = new Set(['string', 'number', 'integer', 'boolean']);
