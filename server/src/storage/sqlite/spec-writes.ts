/**
 * Every change of a store's spec, each with its history entry. Where the row isn't as the change wants it, neither is
 * written.
 */
import { CAPABILITIES, DEFAULT_TEAM, formatPin, type StoreProfile, waitWords } from '@shopyard/contracts';
import { type WaitingChange, waitsForResume } from '../../domain/operations.ts';
import { toAuditEntry } from '../../domain/audit-entry.ts';
import type { StoreRecord } from '../../domain/store.ts';
import type { AuditedCall, NewEntry, SpecWrites, UrlOf } from '../storage.ts';
import { appendAudit } from './audit/audit.ts';
import { appendEntries } from './history.ts';
import { findKey, insertKey } from './idempotency.ts';
import {
  beginOperation,
  cancelOperations,
  endWaiting,
  keepWaiting,
  newOperationId,
  openOperations,
  postpone,
  startWaiting,
} from './operations.ts';
import { parseStore } from './parse-store.ts';
import { createTeamReads, noteCreate } from './people/teams.ts';
import { appendRevision, forgetRevisions } from './revisions.ts';
import { toFoundRow, toNewRow, toSpecColumns } from './store-columns.ts';
import { toSwitched } from './switched-profile.ts';
import { createStoreReads } from './store-reads.ts';
import type { Database, NewStoreRow, StoreRow } from './tables.ts';

/** What a generation may get besides its values. */
type Inputs = Parameters<SpecWrites['replaceValues']>[2] & object;

const chartOf = ({ chart }: WaitingChange): Pick<Inputs, 'chart'> => (chart ? { chart } : {});

/** `db`: an open transaction. */
export function createSpecWrites(db: Database, call: AuditedCall, urlOf: UrlOf): SpecWrites {
  const { user, idempotencyKey: key } = call.caller;
  const { name, id } = user;
  // No name has a space, so nobody's name is another's id.
  const keeper = id === undefined ? name : `id ${id}`;
  const at = call.at.toISOString();
  const { token } = call.caller;
  const by = {
    actor: user.name,
    ...(id === undefined ? {} : { actorId: id }),
    ...(token === undefined ? {} : { tokenId: token }),
  };
  const entry: NewEntry = {
    at,
    kind: 'call',
    ...by,
    what: call.what ?? CAPABILITIES[call.action].audit,
    message: [call.detail, call.reason && `reason: ${call.reason}`].filter(Boolean).join('; '),
  };
  const reads = createStoreReads(db, urlOf);
  const updateOf = (id: string) => db.updateTable('stores').where('id', '=', id);

  const asked = { actor: user.name, at, reason: call.reason };
  const begin = (row: StoreRow, rolledBackTo?: number): Promise<void> =>
    appendRevision(db, row, { ...asked, rolledBackTo });

  /** To the history of the store, and to the audit trail. */
  async function append(id: string, made: NewEntry, ...others: readonly NewEntry[]): Promise<void> {
    await appendEntries(db, id, [made, ...others]);
    const { caller, action } = call;
    await appendAudit(db, toAuditEntry({ caller, action, at, object: id, detail: made.message }));
  }

  async function change(
    update: ReturnType<typeof updateOf>,
    more: (row: StoreRow) => Promise<void> = () => Promise.resolve(),
    made: NewEntry = entry,
  ): Promise<StoreRecord | undefined> {
    const row = await update.returningAll().executeTakeFirst();
    if (!row) return undefined;
    await append(row.id, made);
    await more(row);
    return parseStore(row, await openOperations(db, row.id), urlOf);
  }
  const toValues = (id: string, values: Record<string, unknown>, { profile, chart }: Inputs) =>
    updateOf(id)
      .set((eb) => ({
        store_values: JSON.stringify(values),
        ...(profile ? { profile: JSON.stringify(profile) } : {}),
        ...(chart ? { chart: formatPin(chart) } : {}),
        generation: eb('generation', '+', 1),
        problem: null,
      }))
      .where('desired', '!=', 'absent');
  const untouched = (id: string, profile?: StoreProfile) =>
    updateOf(id)
      .set((eb) => ({ profile: profile ? JSON.stringify(profile) : eb.ref('profile') }))
      .where('desired', '!=', 'absent');
  async function switchTo(id: string, desired: 'present' | 'suspended'): Promise<StoreRecord | undefined> {
    const store = await reads.find(id);
    if (!store || store.held) return undefined;
    const isResumed = desired === 'present';
    const profile = toSwitched(store.profile, isResumed, at);
    const set = { desired, problem: null, ...(isResumed ? { resumed_at: at } : {}) };
    const waiting = isResumed && store.waiting && waitsForResume(store.waiting) ? store.waiting : undefined;
    const update = waiting
      ? toValues(id, waiting.values, { profile, ...chartOf(waiting) })
      : updateOf(id).set({ profile: JSON.stringify(profile) });
    return change(update.set(set).where('desired', '=', isResumed ? 'suspended' : 'present'), async (row) => {
      await beginOperation(db, row, { ...asked, kind: isResumed ? 'resume' : 'suspend' });
      if (waiting) await beginWaiting(row, waiting);
    });
  }
  /** `row`: with the values of what waited. */
  async function beginWaiting(row: StoreRow, { actor, reason = call.reason, rolledBackTo }: WaitingChange) {
    await appendRevision(db, row, { actor, at, reason, rolledBackTo });
    await startWaiting(db, row, at);
  }
  async function insert(store: NewStoreRow, more: readonly NewEntry[] = []): Promise<StoreRecord> {
    const row = await db.insertInto('stores').values(store).returningAll().executeTakeFirstOrThrow();
    await append(row.id, entry, ...more);
    await begin(row);
    return parseStore(row, await openOperations(db, row.id), urlOf);
  }

  return {
    ...reads,
    teams: createTeamReads(db),

    async findCreated() {
      const known = key === undefined ? undefined : await findKey(db, { caller: keeper, key }, call.at);
      const store = known && (await reads.find(known.store_id));
      return store && { store, request: known.request };
    },

    async create(spec, request) {
      const first = { ...spec, generation: 1, desired: 'present', held: undefined } as const;
      const queued = { at, kind: 'phase', actor: user.name, what: 'Queued', message: '' } as const;
      const store = await insert(toNewRow(first, 'Queued'), [queued]);
      await noteCreate(db, spec.profile.team ?? DEFAULT_TEAM, at);
      if (key !== undefined) await insertKey(db, { caller: keeper, key, request, store_id: store.id, created_at: at });
      return store;
    },

    replaceValues: (id, values, more = {}) =>
      change(toValues(id, values, more), async (row) => {
        await begin(row);
        await beginOperation(db, row, { ...asked, kind: 'change' });
      }),

    rollBack: (id, values, { to, ...more }) =>
      change(toValues(id, values, more), async (row) => {
        await begin(row, to);
        await beginOperation(db, row, { ...asked, kind: 'rollback' });
      }),

    keepWaiting(id, waiting, profile) {
      const made = { ...entry, message: [entry.message, `waits ${waitWords(waiting)}`].filter(Boolean).join('; ') };
      const keep = (row: StoreRow) => keepWaiting(db, row, { ...asked, ...waiting, id: newOperationId() });
      return change(untouched(id, profile), keep, made);
    },

    async startWaiting(id) {
      const { waiting } = await openOperations(db, id);
      if (!waiting) return undefined;
      const update = toValues(id, waiting.values, chartOf(waiting)).where('desired', '=', 'present');
      return change(update, (row) => beginWaiting(row, waiting));
    },

    async endWaiting(id, error) {
      const { waiting } = await openOperations(db, id);
      return waiting && change(untouched(id), (row) => endWaiting(db, row, { at, error }));
    },

    async postpone(id, wait) {
      const { waiting } = await openOperations(db, id);
      // Without an opening, the former one goes.
      const { notBefore, tz } = wait;
      return waiting && change(untouched(id), (row) => postpone(db, row, { ...waiting, notBefore, tz }));
    },

    replaceProfile: (id, profile) => change(untouched(id, profile)),

    requestDeletion: (id) =>
      change(updateOf(id).set({ desired: 'absent', problem: null }).where('desired', '!=', 'absent'), (row) =>
        cancelOperations(db, row.id, at),
      ),

    requestRetry: (id) =>
      change(
        updateOf(id)
          .set((eb) => ({ problem: null, inventory: null, generation: eb('generation', '+', 1) }))
          .where('desired', '!=', 'absent'),
      ),

    async requestRestart(id, component) {
      const store = await reads.find(id);
      if (!store || store.held) return undefined;
      const restarts = JSON.stringify({ ...store.restarts, [component]: at });
      return change(updateOf(id).set({ restarts }).where('desired', '=', 'present'));
    },

    suspend: (id) => switchTo(id, 'suspended'),
    resume: (id) => switchTo(id, 'present'),

    retryDeletion: (id) => change(updateOf(id).set({ problem: null }).where('desired', '=', 'absent')),

    forceFinalizers: (id) => change(updateOf(id).set({ forced: 1, problem: null }).where('desired', '=', 'absent')),

    async adopt(found) {
      const forgotten = {
        problem: null,
        inventory: null,
        verified_revision: 0,
        forced: 0,
        restarts: '{}',
        resumed_at: null,
      };
      const known = await change(updateOf(found.id).set({ ...toSpecColumns(found), ...forgotten }), async (row) => {
        await forgetRevisions(db, row.id, row.generation);
        await cancelOperations(db, row.id, at);
        await begin(row);
      });
      if (known ?? (await reads.findByName(found.name))) return known;
      return insert(toFoundRow(found));
    },

    revealLogin: (id) => append(id, entry),
  };
}
