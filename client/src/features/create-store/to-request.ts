/** Turns the input into the call's request. Pure. */
import type { StoreValues } from '@shopyard/contracts';
import type { CreateRequest } from '../../live/use-create-store.ts';
import type { Settings } from './draft.ts';
import { FIELD_PATHS, type FindLine, type Issue } from './issues.ts';

export interface StoreInput {
  name: string;
  title: string;
  labels: Record<string, string>;
  settings: Settings;
}

/** `values`: from the YAML, which may repeat the form's but not contradict them. */
export function toRequest({ name, title, labels, settings }: StoreInput, values: StoreValues): CreateRequest {
  const { team, engine, country, currency, size } = settings;
  const own = {
    store: { ...(title === '' ? {} : { title }), currency, country },
    ...(size === undefined ? {} : { size }),
  };
  return {
    name,
    ...(team === undefined ? {} : { team }),
    ...(engine ? { engine: engine.id } : {}),
    values: merge(own, values),
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
  };
}

const NAMES = { title: 'title', country: 'country', currency: 'currency', size: 'size' } as const;

/** An issue at the line of each value that says otherwise than the form. */
export function findContradictions(
  { title, settings }: Pick<StoreInput, 'title' | 'settings'>,
  { values, findLine }: { values: StoreValues; findLine: FindLine },
): Issue[] {
  const { country, currency, size } = settings;
  const form: Record<keyof typeof NAMES, string | undefined> = { title: title || undefined, country, currency, size };
  return Object.entries(NAMES).flatMap(([field, name]) => {
    // Object.entries forgets the keys' type.
    const key = field as keyof typeof NAMES;
    const [written, chosen] = [valueAt(values, FIELD_PATHS[key]), form[key]];
    if (written === undefined || chosen === undefined || written === chosen) return [];
    const path = FIELD_PATHS[key].join('.');
    const line = findLine(path);
    const message = `${path}: the ${name} above is "${chosen}"; change it there, and remove it here`;
    return [{ field: 'yaml', ...(line === undefined ? {} : { line }), message }];
  });
}

function valueAt(values: unknown, path: readonly string[]): unknown {
  return path.reduce((value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined), values);
}

function merge(below: StoreValues, above: StoreValues): StoreValues {
  const merged = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    const under = merged.get(key);
    merged.set(key, isRecord(under) && isRecord(value) ? merge(under, value) : value);
  }
  return Object.fromEntries(merged);
}

function isRecord(value: unknown): value is StoreValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
