/** Replaces a store's values, its labels or both, unless somebody else was faster. */
import { isDeepStrictEqual } from 'node:util';
import {
  type Caller,
  type ChangeWindow,
  differencesOf,
  ShopyardError,
  type HistoryEntry,
  type UpdateStore,
  type Values,
  type ChartPin,
  isPinned,
} from '@shopyard/contracts';
import type { StoreRecord } from '../../domain/store.ts';
import type { SpecWrites, Storage } from '../../storage/storage.ts';
import { assertRoomFor, type LoadSources } from './team-quotas.ts';
import { atOnceWords, type Timing, waitFor } from './change-timing.ts';

/** Characters of a history entry that names what changed. */
const MAX_DETAIL = 200;
/** Calls that raise the generation, as the history names them. */
const RAISING = new Set(['update', 'rollback', 'retry', 'adopt']);

/** Its values are valid, and hold nothing redacted. */
type Update = Omit<UpdateStore, 'values' | 'chart' | 'confirm'> & {
  values?: Record<string, unknown> | undefined;
  /** If it becomes another one. */
  chart?: ChartPin | undefined;
};

export interface UpdateOptions extends LoadSources {
  storage: Pick<Storage, 'audited' | 'stores' | 'history'>;
  window: ChangeWindow | undefined;
}

/** Throws ShopyardError `being_deleted`, `busy`, `generation_mismatch`, `quota_exceeded`. */
export async function updateStore(
  options: UpdateOptions,
  input: Update,
  { caller, at }: { caller: Caller; at: Date },
): Promise<StoreRecord> {
  const { storage, window } = options;
  const { id, generation: expected } = input;
  const before = await storage.stores.find(id);
  const words = [before && describe(before, input), atOnceWords(before, input.window)];
  const detail = words.filter(Boolean).join('; ');
  const call = { caller, action: 'stores.update', at, detail, reason: input.reason } as const;
  const result = await storage.audited(call, async (writes) => {
    const now = await writes.find(id);
    if (now && expected !== undefined && now.generation !== expected) return 'other-generation';
    const timing = { window, atOnce: input.window === 'now', at };
    return now && change(writes, now, { input, timing, sources: options });
  });
  if (result === 'other-generation') throw await otherGeneration(storage, id);
  if (!result) throw new ShopyardError('being_deleted', 'the store is being deleted');
  return result;
}

async function change(
  writes: SpecWrites,
  now: StoreRecord,
  { input, timing, sources }: { input: Update; timing: Timing; sources: LoadSources },
): Promise<StoreRecord | undefined> {
  const { id, values, labels, chart } = input;
  const profile = labels === undefined ? now.profile : { ...now.profile, labels };
  // Values alone always start a generation, even the same: an adopted store is taken over that way.
  const isSame = labels !== undefined && chart === undefined && isDeepStrictEqual(values, now.values);
  // Nothing in the cluster depends on labels, so they never wait.
  if (values === undefined || isSame) return writes.replaceProfile(id, profile);
  const pin = chart ? { chart } : {};
  const wait = waitFor(now, timing);
  await assertRoomFor(sources, writes, { before: now, after: { ...now, values, ...pin }, at: timing.at });
  if (wait) return writes.keepWaiting(id, { kind: 'change', values, ...pin, ...wait }, profile);
  return writes.replaceValues(id, values, { profile, ...pin });
}

/** What is changed, for the history: names, no values. */
function describe({ values, profile, chart }: StoreRecord, input: Update): string {
  const labels = input.labels && !isDeepStrictEqual(input.labels, profile.labels ?? {}) ? ['labels'] : [];
  return changedFields(values, input.values ?? values, [...changedChart(chart, input.chart), ...labels]);
}

/** Names both versions if the chart becomes another one. */
export function changedChart(before: ChartPin | undefined, after: ChartPin | undefined): string[] {
  if (!after || (before && isPinned(before, after))) return [];
  return [`chart ${before ? `${before.version} → ` : ''}${after.version}`];
}

/** The dotted paths of values that differ, and whatever else does. */
export function changedFields(before: Values, after: Values, more: readonly string[] = []): string {
  const text = [...differencesOf(before, after).map(({ path }) => path.join('.')), ...more].join(', ');
  return text.length > MAX_DETAIL ? `${text.slice(0, MAX_DETAIL - 1)}…` : text;
}

/** Names who was faster. */
export async function otherGeneration(storage: Pick<Storage, 'history'>, id: string): Promise<ShopyardError> {
  const last = (await storage.history.ofStore(id)).findLast(({ kind, what }) => kind === 'call' && RAISING.has(what));
  const by = last
    ? `${last.actor} ${last.what === 'update' ? 'changed' : VERBS[last.what]} the store`
    : 'the store changed';
  return new ShopyardError(
    'generation_mismatch',
    `${by}${detailOf(last)} in the meantime. Nothing was applied: get the store's current values, then repeat your change`,
  );
}

const VERBS: Readonly<Record<string, string>> = { rollback: 'rolled back', retry: 'retried', adopt: 'adopted' };
const detailOf = (entry: HistoryEntry | undefined): string => (entry?.message ? ` (${entry.message})` : '');
