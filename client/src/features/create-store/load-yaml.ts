import type { Values } from '@shopyard/contracts';
import { loadOnce } from '../../lib/lazy-part.ts';
import type { ParsedValues } from './parse-values.ts';

const load = loadOnce(() => import('./parse-values.ts'));

/** Loads the YAML parser ahead of its use. */
export const loadYaml = load;

/** Parses the values, and loads the parser only if there are any; rejects with ChunkError. */
export async function readValues(text: string): Promise<ParsedValues> {
  if (text.trim() === '') return { values: {}, issues: [], findLine: () => undefined };
  return (await load()).parseValues(text);
}

/** Writes the values as YAML, empty if there are none; rejects with ChunkError. */
export async function writeValues(values: Values): Promise<string> {
  return Object.keys(values).length === 0 ? '' : (await load()).writeValues(values);
}
