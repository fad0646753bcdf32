/** The operator's values for every store, read at startup so that mistakes surface at once. */
import { messageOf } from '../kit/error-message.ts';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ConfigError } from '../kit/config-error.ts';

/** The values in the file that `setting` names; empty without a file. Throws ConfigError. */
export function readPlatformValues(setting: string, file: string | undefined): Record<string, unknown> {
  if (!file) return {};
  let values: unknown;
  try {
    values = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`${setting}: ${messageOf(error)}`);
  }
  if (values === null || values === undefined) return {};
  // An object that is no array.
  if (typeof values === 'object' && !Array.isArray(values)) return values as Record<string, unknown>;
  throw new ConfigError(`${setting}: ${file} must hold a map of Helm values`);
}
