/** Whose a new store is. */
import { type Caller, DEFAULT_TEAM, may, issueAt, rolesIn, ShopyardError } from '@shopyard/contracts';
import type { People } from '../../storage/access-storage.ts';
import { requireTeam } from '../access/teams.ts';

/** Id of the team that was asked for, or the only one in which the caller may create stores. Throws a ShopyardError. */
export async function teamOfNew(
  { teams }: Pick<People, 'teams'>,
  caller: Caller,
  asked: string | undefined,
): Promise<string> {
  const mayCreate = (id: string): boolean => may(caller, 'stores:write', id);
  if (asked !== undefined) {
    if (rolesIn(caller, asked).length > 0 && !mayCreate(asked))
      throw new ShopyardError('forbidden', `this needs the right stores:write in the team ${asked}: ask its owner`);
    // Of a team that is none of the caller's, not even that it exists is told.
    const found = await requireTeam(
      mayCreate(asked) ? teams : { ...teams, find: () => Promise.resolve(undefined) },
      asked,
    );
    return found.id;
  }
  if (mayCreate(DEFAULT_TEAM)) return DEFAULT_TEAM;
  const own = Object.keys(caller.teams ?? {}).filter(mayCreate);
  const [only, ...others] = own;
  if (only !== undefined && others.length === 0) return only;
  const message = `say whose store it is: ${own.toSorted().join(' or ')}`;
  throw new ShopyardError('validation_failed', `team: ${message}`, [issueAt(['team'], message)]);
}
