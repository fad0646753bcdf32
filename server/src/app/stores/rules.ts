/** The platform's rules, which win over whatever a store sets. */
import { differencesOf, type FieldIssue, isSameValue, issueAt, valueAt } from '@shopyard/contracts';

type Values = Record<string, unknown>;

/** What was asked for in vain. What the store had already stays without a word: it may be older than the rule. */
export function checkRules(rules: Values, { before, asked }: { before: Values; asked: Values }): FieldIssue[] {
  return differencesOf(rules, asked)
    .filter(
      ({ path, before: rule, after }) =>
        rule !== undefined && after !== undefined && !isSameValue(valueAt(before, path), after),
    )
    .map(({ path }) => issueAt(['values', ...path], 'a rule of the platform sets this for every store: leave it out'));
}
