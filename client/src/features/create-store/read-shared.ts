import type { StoreValues } from '@shopyard/contracts';
import { describeError } from '../../lib/describe-error.ts';
import type { Draft, Settings } from './draft.ts';
import type { FindLine, Issue } from './issues.ts';
import { readValues } from './load-yaml.ts';
import { parseLabels } from './parse-labels.ts';
import { findContradictions } from './to-request.ts';

/** What all stores of one dialog share. */
export interface Shared {
  labels: Record<string, string>;
  values: StoreValues;
  findLine: FindLine;
  issues: Issue[];
}

/** Reads labels and YAML. Never rejects: a parser that can't be loaded is an issue of the form. */
export async function readShared({ labels: text, yaml, title }: Draft, settings: Settings): Promise<Shared> {
  const { labels, problems } = parseLabels(text);
  const issues = problems.map((message): Issue => ({ field: 'labels', message }));
  try {
    const parsed = await readValues(yaml);
    issues.push(...parsed.issues, ...findContradictions({ title: title.trim(), settings }, parsed));
    return { labels, values: parsed.values, findLine: parsed.findLine, issues };
  } catch (error) {
    issues.push({ field: 'form', message: describeError(error) });
    return { labels, values: {}, findLine: () => undefined, issues };
  }
}
