/** A separate chunk, since only the advanced values need a YAML parser. */
import type { StoreValues } from '@shopyard/contracts';
import { parse } from 'yaml';
import { ValuesError } from './values-error.ts';

/** Parses Helm values from YAML; throws a ValuesError that says what is wrong, and where for syntax errors. */
export function parseValues(text: string): StoreValues {
  let values: unknown;
  try {
    values = parse(text);
  } catch (error) {
    throw new ValuesError(`Advanced values: ${(error as Error).message.split('\n')[0] ?? ''}`, { cause: error });
  }
  if (values === null || values === undefined) return {};
  if (typeof values !== 'object' || Array.isArray(values))
    throw new ValuesError('Advanced values: write a map, such as "store: {currency: USD}"');
  return values as StoreValues;
}
