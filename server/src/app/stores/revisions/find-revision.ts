/** Looks through a store's revisions. */
import { isSameValue, issueAt, ShopyardError, isPinned } from '@shopyard/contracts';
import { pinOf, type Revision } from '../../../domain/revision.ts';
import type { StoreRecord } from '../../../domain/store.ts';
import type { RevisionReads } from '../../../storage/storage.ts';

/** Read at a time. */
const PAGE = 50;

/** The newest revision that matches. */
export async function findNewest(
  revisions: RevisionReads,
  id: string,
  matches: (revision: Revision) => boolean,
): Promise<Revision | undefined> {
  for (let before: number | undefined; ;) {
    const page = await revisions.list(id, { limit: PAGE, before });
    const found = page.find(matches);
    const last = page.at(-1);
    if (found || !last) return found;
    before = last.generation;
  }
}

/** What a rollback without a number goes back to: the newest verified revision with other values or another chart. */
export function findPrevious(revisions: RevisionReads, record: StoreRecord): Promise<Revision | undefined> {
  return findNewest(revisions, record.id, (revision) => revision.outcome === 'verified' && differs(revision, record));
}

/** Whether going back to it changes something. */
export function differs(revision: Revision, { values, chart }: StoreRecord): boolean {
  const pin = pinOf(revision);
  const isOtherChart = pin !== undefined && chart !== undefined && !isPinned(pin, chart);
  return isOtherChart || !isSameValue(revision.values, values);
}

/** `field`: the input that names the generation. Throws ShopyardError `validation_failed` if it has no revision. */
export async function requireRevision(
  revisions: RevisionReads,
  id: string,
  { field, generation }: { field: string; generation: number },
): Promise<Revision> {
  const found = await revisions.find(id, generation);
  if (found) return found;
  const message = `the store has no revision of generation ${generation}: list its revisions`;
  throw new ShopyardError('validation_failed', `${field}: ${message}`, [issueAt([field], message)]);
}
