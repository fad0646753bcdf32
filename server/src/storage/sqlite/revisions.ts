/** The revisions of stores, by generation. */
import { parsePin } from '@shopyard/contracts';
import type { Revision, RevisionVerdict } from '../../domain/revision.ts';
import type { RevisionReads } from '../storage.ts';
import type { Database, RevisionRow, StoreRow } from './tables.ts';

export function createRevisionReads(db: Database): RevisionReads {
  return {
    async find(id, generation) {
      const query = db.selectFrom('revisions').selectAll().where('store_id', '=', id);
      const row = await query.where('generation', '=', generation).executeTakeFirst();
      return row && parseRevision(row);
    },

    async list(id, { limit, before = Number.MAX_SAFE_INTEGER }) {
      const query = db.selectFrom('revisions').selectAll().where('store_id', '=', id);
      const page = query.where('generation', '<', before).orderBy('generation', 'desc').limit(limit);
      return (await page.execute()).map(parseRevision);
    },
  };
}

interface Beginning {
  actor: string;
  at: string;
  reason?: string | undefined;
  rolledBackTo?: number | undefined;
}

/** Begins a revision with the spec that this row has, and ends the ones before. */
export async function appendRevision(
  db: Database,
  { id, generation, store_values: values, chart }: StoreRow,
  { actor, at, reason, rolledBackTo }: Beginning,
): Promise<void> {
  const before = db.updateTable('revisions').where('store_id', '=', id);
  if (rolledBackTo !== undefined)
    await before
      .set({ outcome: 'rolled_back' })
      .where('generation', '>', rolledBackTo)
      .where((where) => where.or([where('outcome', 'is', null), where('outcome', '=', 'verified')]))
      .execute();
  await before.set({ outcome: 'superseded' }).where('outcome', 'is', null).execute();
  const { version, digest } = parsePin(chart ?? undefined) ?? {};
  const pin = { chart_version: version, chart_digest: digest };
  const row = { store_id: id, generation, values, actor, at, reason, rolled_back_to: rolledBackTo, ...pin };
  await db.insertInto('revisions').values(row).execute();
}

/** Another installation may have started its own generations since: those that were known here don't count. */
export async function forgetRevisions(db: Database, id: string, from: number): Promise<void> {
  await db.deleteFrom('revisions').where('store_id', '=', id).where('generation', '>=', from).execute();
}

export async function concludeRevision(db: Database, id: string, verdict: RevisionVerdict): Promise<void> {
  const { outcome, at, helmRevision, versions, closedSeconds } = verdict;
  const { chartVersion, chartDigest, platformDigest } = verdict;
  const newest = db
    .selectFrom('revisions as r')
    .select((select) => select.fn.max('r.generation').as('generation'))
    .where('r.store_id', '=', id);
  await db
    .updateTable('revisions')
    .set({
      outcome,
      verified_at: outcome === 'verified' ? at : null,
      helm_revision: helmRevision ?? null,
      ...(chartVersion === undefined ? {} : { chart_version: chartVersion, chart_digest: chartDigest ?? null }),
      platform_digest: platformDigest ?? null,
      versions: versions ? JSON.stringify(versions) : null,
      closed_seconds: closedSeconds ?? null,
    })
    .where('store_id', '=', id)
    .where('generation', '=', newest)
    .where((where) => where.or([where('outcome', 'is', null), where('outcome', '=', 'failed')]))
    .execute();
}

/** Without the columns that are empty. This folder wrote the JSON, so it has this form. */
function parseRevision(row: RevisionRow): Revision {
  return {
    generation: row.generation,
    values: JSON.parse(row.values) as Revision['values'],
    actor: row.actor,
    at: row.at,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.rolled_back_to === null ? {} : { rolledBackTo: row.rolled_back_to }),
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
    ...(row.verified_at === null ? {} : { verifiedAt: row.verified_at }),
    ...(row.helm_revision === null ? {} : { helmRevision: row.helm_revision }),
    ...(row.chart_version === null ? {} : { chartVersion: row.chart_version }),
    ...(row.chart_digest === null ? {} : { chartDigest: row.chart_digest }),
    ...(row.platform_digest === null ? {} : { platformDigest: row.platform_digest }),
    ...(row.versions === null ? {} : { versions: JSON.parse(row.versions) as Revision['versions'] & object }),
    ...(row.closed_seconds === null ? {} : { closedSeconds: row.closed_seconds }),
  };
}
