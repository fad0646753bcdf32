/** Makes the input for a store like another one, without its name. */
import type { Store, Values } from '@shopyard/contracts';
import { type Draft, EMPTY_DRAFT } from './draft.ts';
import { FIELD_PATHS } from './issues.ts';
import { writeValues } from './load-yaml.ts';

/** `own`: the store's own values; those without a field become YAML. Rejects with ChunkError if YAML can't be loaded. */
export async function draftLike(
  { engine, team, labels = {} }: Pick<Store, 'engine' | 'team' | 'labels'>,
  own: Values,
): Promise<Draft> {
  const rest: Record<string, unknown> = structuredClone(own);
  const { title = '', ...choices } = Object.fromEntries(
    Object.entries(FIELD_PATHS).flatMap(([field, path]) => {
      const value = take(rest, path);
      return value === undefined ? [] : [[field, value]];
    }),
  );
  return {
    ...EMPTY_DRAFT,
    title,
    // Empty rather than made from the title, which gives the name that is taken.
    name: '',
    choices: { engine, ...(team === undefined ? {} : { team }), ...choices },
    labels: Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .join(', '),
    yaml: await writeValues(rest),
  };
}

/** Removes a text from the values, and the sections that become empty; other values stay. */
function take(values: Record<string, unknown>, [key = '', ...path]: readonly string[]): string | undefined {
  const value = values[key];
  if (path.length === 0) {
    if (typeof value !== 'string') return undefined;
    delete values[key];
    return value;
  }
  if (!isSection(value)) return undefined;
  const taken = take(value, path);
  if (Object.keys(value).length === 0) delete values[key];
  return taken;
}

function isSection(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
