/** The operator's own values for every store: read at the start, so that a mistake in it is told at once. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ConfigError } from '../kit/config-error.ts';

/** The values of SHOPYARD_STORE_VALUES; none without a file. Throws ConfigError. */
export function readPlatformValues(file: string | undefined): Record<string, unknown> {
  if (!file) return {};
  let values: unknown;
  try {
    values = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`SHOPYARD_STORE_VALUES: ${(error as Error).message}`);
  }
  if (values === null || values === undefined) return {};
  if (typeof values === 'object' && !Array.isArray(values)) return values as Record<string, unknown>;
  throw new ConfigError(`SHOPYARD_STORE_VALUES: ${file} holds no map of Helm values`);
}
