/** What every case of the suite works with. */
import type { AuditedAction, Caller } from '@shopyard/contracts';
import type { NewChange } from '../../domain/operations.ts';
import type { FoundSpec, StoreStatus, StoreRecord } from '../../domain/store.ts';
import type { NewEntry, NewStore, SpecWrites, Storage, UrlOf } from '../storage.ts';

/** Opens an empty storage. */
export type OpenStorage = (urlOf: UrlOf) => Promise<Storage>;

export interface Fixture {
  readonly storage: Storage;
  /** Part of every URL that the platform gives. */
  port: number;
}

export const AT = '2026-01-01T12:00:00.000Z';
export const ID = 'st_0000000000000001';
export const VALUES = { store: { title: 'Alpha' }, size: 'm' };

export function newStore(change: Partial<NewStore> = {}): NewStore {
  const name = change.name ?? 'alpha';
  return {
    id: ID,
    name,
    namespace: `store-${name}`,
    engine: 'woocommerce',
    values: VALUES,
    profile: { labels: { team: 'shops' } },
    createdAt: AT,
    createdBy: 'ann',
    ...change,
  };
}

/** Other values, for the night after `AT`. */
export function waitingChange(change: Partial<NewChange> = {}): NewChange {
  const notBefore = '2026-01-02T01:00:00.000Z';
  return { kind: 'change', values: { size: 'l' }, notBefore, tz: 'Europe/Berlin', ...change };
}

export function foundSpec(change: Partial<FoundSpec> = {}): FoundSpec {
  return { ...newStore(change), generation: 3, desired: 'present', held: undefined, ...change };
}

export interface As {
  user?: string;
  /** Of the user's account. */
  userId?: string;
  key?: string;
  /** ISO 8601. */
  at?: string;
  action?: AuditedAction;
  detail?: string;
  reason?: string;
}

/** One audited change, by ann unless `as` says otherwise. */
export function audited<T>(
  { storage }: Fixture,
  change: (writes: SpecWrites) => Promise<T>,
  { user = 'ann', userId: id, key, at = AT, action = 'stores.update', detail, reason }: As = {},
): Promise<T> {
  const caller: Caller = { user: { name: user, id }, roles: ['admin'], via: 'rest', idempotencyKey: key };
  return storage.audited(
    { caller, action, at: new Date(at), reason, ...(detail === undefined ? {} : { detail }) },
    change,
  );
}

export function create(fixture: Fixture, change: Partial<NewStore> = {}, as: As = {}): Promise<StoreRecord> {
  return audited(fixture, (writes) => writes.create(newStore(change), '{}'), { action: 'stores.create', ...as });
}

/** Records a status for the spec as it is now. */
export async function record(
  { storage }: Fixture,
  status: StoreStatus,
  entries: readonly NewEntry[] = [],
): Promise<StoreRecord | undefined> {
  const observed = (await storage.stores.find(ID)) ?? ({ id: ID, generation: 1, desired: 'present' } as const);
  return storage.recorded((writes) => writes.update(observed, status, entries));
}

/** Who called what, oldest first, such as `create by ann`. */
export async function callsOf({ storage }: Fixture, id = ID): Promise<string[]> {
  const entries = await storage.history.ofStore(id);
  return entries.filter(({ kind }) => kind === 'call').map(({ what, actor }) => `${what} by ${actor}`);
}

/** Every field has a value. */
export const FULL_STATUS: StoreStatus = {
  phase: 'Degraded',
  reason: 'CrashLoop',
  message: 'It crashes.',
  conditions: [{ type: 'DatabaseReady', status: 'True', reason: 'Running', message: '', lastTransitionTime: AT }],
  observedGeneration: 1,
  verifiedRevision: 2,
  problem: { reason: 'CrashLoop', message: 'It crashes.', terminal: false, generation: 1, retryAt: AT, tries: 4 },
  readyAt: AT,
  inventory: { 'Secret/store-credentials': { uid: 'u', version: '7' } },
  sighting: { reason: 'Orderable', message: 'It sells.', at: AT, failures: 1 },
  attention: { level: 'stuck', since: AT, reason: 'CrashLoop' },
  attempt: { kind: 'update', startedAt: AT, steps: [], generation: 1, values: 'digest' },
  restarted: { front: AT },
  versions: { front: '1.2' },
};
