/** Looks through a store's revisions. */
import { issueAt, ShopyardError } from '@shopyard/contracts';
import type { Revision } from '../../../domain/revision.ts';
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
