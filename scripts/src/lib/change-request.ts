/** What the arguments of plan-store and update-store ask for. */
import { readFileSync } from 'node:fs';
import type { StoreValues } from '@shopyard/contracts';
import { parse } from 'yaml';
import { atOnce } from './at-once.ts';
import { readArgs } from './read-args.ts';
import { UsageError } from './script.ts';

export interface ChangeRequest {
  name: string;
  /** All own values, instead of those that the store has. */
  values: StoreValues | undefined;
  /** Fields over these. */
  sets: { path: string[]; value: unknown }[];
  /** Version of the chart to move to. */
  chart: string | undefined;
  apply: boolean;
  /** Print the differences of objects, too. */
  diff: boolean;
  reason: string | undefined;
  /** The store's name, where the server asks for it. */
  confirm: string | undefined;
  /** Outside the store's window, too; needs a reason. */
  window: 'now' | undefined;
}

const OPTIONS = {
  values: { type: 'string' },
  set: { type: 'string', multiple: true },
  chart: { type: 'string' },
  apply: { type: 'boolean', default: false },
  diff: { type: 'boolean', default: false },
  reason: { type: 'string' },
  confirm: { type: 'string' },
  now: { type: 'boolean', default: false },
} as const;

/** `usage`: printed for other arguments. Throws UsageError. */
export function readChange(args: string[], usage: string): ChangeRequest {
  const { values: given, positionals } = readArgs(args, OPTIONS, usage);
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) throw new UsageError(usage);
  const { chart, apply, diff, reason, confirm } = given;
  const window = atOnce(given.now, reason, usage);
  const values = given.values === undefined ? undefined : readValues(given.values);
  const sets = (given.set ?? []).map((text) => readSet(text, usage));
  return { name, values, sets, chart, apply, diff, reason, confirm, window };
}

/** The fields laid over the values. Pure. */
export function withSets(values: StoreValues, sets: ChangeRequest['sets']): StoreValues {
  return sets.reduce<StoreValues>((all, { path, value }) => setAt(all, path, value), values);
}

/** The value is YAML: `true`, `8Gi`, `{a: b}`. */
function readSet(text: string, usage: string): ChangeRequest['sets'][number] {
  const [path = '', ...rest] = text.split('=');
  if (path === '' || rest.length === 0) throw new UsageError(`--set ${text}: write it as path=value\n${usage}`);
  return { path: path.split('.'), value: parse(rest.join('=')) };
}

function readValues(file: string): StoreValues {
  try {
    // The server checks it.
    return (parse(readFileSync(file, 'utf8')) ?? {}) as StoreValues;
  } catch (error) {
    throw new UsageError(`--values ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function setAt(values: StoreValues, [key = '', ...rest]: readonly string[], value: unknown): StoreValues {
  const inner = values[key];
  const below = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...inner } : {};
  // The server checks it.
  return { ...values, [key]: rest.length > 0 ? setAt(below, rest, value) : value } as StoreValues;
}
