/** Whose a new store is, and whether that team may have one more. */
import { type Caller, DEFAULT_TEAM, may, issueAt, rolesIn, ShopyardError, type TeamLimits } from '@shopyard/contracts';
import type { People } from '../../storage/access-storage.ts';
import type { SpecWrites } from '../../storage/storage.ts';
import { countOf, requireTeam } from '../access/teams.ts';

export interface NewStoreTeam {
  id: string;
  limits: TeamLimits;
}

/** The team that was asked for, or the only one in which the caller may create stores. Throws a ShopyardError. */
export async function teamOfNew(
  { teams }: Pick<People, 'teams'>,
  caller: Caller,
  asked: string | undefined,
): Promise<NewStoreTeam> {
  const mayCreate = (id: string): boolean => may(caller, 'stores:write', id);
  if (asked !== undefined) {
    if (rolesIn(caller, asked).length > 0 && !mayCreate(asked))
      throw new ShopyardError('forbidden', `this needs the right stores:write in the team ${asked}: ask its owner`);
    // Of a team that is none of the caller's, not even that it exists is told.
    return requireTeam(mayCreate(asked) ? teams : { ...teams, find: () => Promise.resolve(undefined) }, asked);
  }
  if (mayCreate(DEFAULT_TEAM)) return requireTeam(teams, DEFAULT_TEAM);
  const own = Object.keys(caller.teams ?? {}).filter(mayCreate);
  const [only, ...others] = own;
  if (only !== undefined && others.length === 0) return requireTeam(teams, only);
  const message = `say whose store it is: ${own.toSorted().join(' or ')}`;
  throw new ShopyardError('validation_failed', `team: ${message}`, [issueAt(['team'], message)]);
}

/** In the transaction that creates it, so that two at once can't both take the last place. Throws ShopyardError `quota_exceeded`. */
export async function assertRoomIn({ id, limits }: NewStoreTeam, writes: Pick<SpecWrites, 'list'>): Promise<void> {
  if (limits.stores === undefined) return;
  const used = countOf(await writes.list(), id);
  if (used >= limits.stores)
    throw new ShopyardError(
      'quota_exceeded',
      `the team ${id} has ${used} of ${limits.stores} stores: delete one, or ask an administrator for more`,
    );
}
