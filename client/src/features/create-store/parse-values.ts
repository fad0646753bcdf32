/** Loaded when a store is made: the page itself needs no YAML. */
import type { StoreValues } from '@shopyard/contracts';
import { parse } from 'yaml';

/** Helm values from YAML; throws an Error that says where it is wrong. */
export function parseValues(text: string): StoreValues {
  let values: unknown;
  try {
    values = parse(text);
  } catch (error) {
    throw new Error(`Advanced values: ${(error as Error).message.split('\n')[0] ?? ''}`, { cause: error });
  }
  if (values === null || values === undefined) return {};
  if (typeof values !== 'object' || Array.isArray(values))
    throw new Error('Advanced values: write a map, such as "store: {currency: USD}"');
  return values as StoreValues;
}
