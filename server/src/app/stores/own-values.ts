/** Checks a store's own values. Refuses those that the platform sets, because it would silently overwrite them. */
import { type FieldIssue, issueAt } from '@shopyard/contracts';
import type { CheckValues } from '../../chart/check-values.ts';

const SET_BY_PLATFORM: Record<string, string> = {
  id: 'is set by Shopyard',
  name: 'is set by Shopyard: a store keeps the name it was created with',
  url: "is set by Shopyard; set ingress.host for a domain of the store's own",
};

/** Issues with the requested values; empty when they are valid. */
export function checkOwnValues(checkValues: CheckValues, values: Record<string, unknown>): FieldIssue[] {
  const { store } = values;
  const given = typeof store === 'object' && store !== null ? Object.entries(store) : [];
  const set = given.flatMap(([key, value]) => {
    const message = SET_BY_PLATFORM[key];
    return message === undefined || value === '' || value === null ? [] : [issueAt(['values', 'store', key], message)];
  });
  return [...set, ...checkValues(values)];
}
