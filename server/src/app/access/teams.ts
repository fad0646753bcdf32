/** Teams: who belongs to them, in which role, and how much they may have. */
import {
  type Caller,
  DEFAULT_TEAM,
  issueAt,
  may,
  type Member,
  rolesIn,
  ShopyardError,
  type Team,
} from '@shopyard/contracts';
import type { AccessService } from '@shopyard/contracts/services';
import { createDeeds } from '../../domain/audit-entry.ts';
import type { StoreRecord } from '../../domain/store.ts';
import type { StoreReads } from '../../storage/storage.ts';
import type { KeptTeam, People, TeamReads, UserReads } from '../../storage/access-storage.ts';

export type Teams = Pick<AccessService, 'teams' | 'createTeam' | 'changeTeam' | 'members' | 'setMember'>;

export interface TeamsOptions {
  people: People;
  stores: Pick<StoreReads, 'list'>;
  now: () => Date;
  onRevoked: () => void;
}

export function createTeams({ people, stores, now, onRevoked }: TeamsOptions): Teams {
  const deed = createDeeds(now);
  async function toTeams(of: readonly KeptTeam[], { teams = {} }: Caller): Promise<Team[]> {
    const all = await stores.list();
    return of.map(({ id, limits }) => ({
      id,
      limits,
      used: { stores: countOf(all, id) },
      ...(teams[id] ? { role: teams[id] } : {}),
    }));
  }
  const toTeam = async (team: KeptTeam, caller: Caller): Promise<Team> => {
    const [shown] = await toTeams([team], caller);
    return shown ?? { ...team, used: { stores: 0 } };
  };

  return {
    async teams(caller) {
      const all = await people.teams.list();
      return toTeams(
        all.filter(({ id }) => rolesIn(caller, id).length > 0),
        caller,
      );
    },

    async createTeam(team, caller) {
      await people.write(async (writes) => {
        if (!(await writes.teams.create(team, now().toISOString())))
          throw new ShopyardError('name_taken', `there is a team ${team.id} already: choose another id`);
        await writes.audit(deed('access.createTeam', caller, { object: team.id, detail: limitsOf(team) }));
      });
      return toTeam(team, caller);
    },

    async changeTeam(team, caller) {
      await people.write(async (writes) => {
        if (!(await writes.teams.change(team))) throw noTeam(team.id);
        await writes.audit(deed('access.changeTeam', caller, { object: team.id, detail: limitsOf(team) }));
      });
      return toTeam(team, caller);
    },

    async members(team, caller) {
      assertManages(caller, team);
      await requireTeam(people.teams, team);
      return membersOf(people.users, team);
    },

    async setMember({ team, name, role }, caller) {
      assertManages(caller, team);
      const members = await people.write(async (writes) => {
        await requireTeam(writes.teams, team);
        const user = await writes.users.findByName(name);
        if (!user) throw new ShopyardError('not_found', `there is no user ${name}: an administrator invites people`);
        await writes.users.setRole(user.id, team, role ?? undefined);
        await writes.audit(
          deed('access.setMember', caller, { object: user.id, detail: `${name}, ${role ?? 'no role'} in ${team}` }),
        );
        return membersOf(writes.users, team);
      });
      onRevoked();
      return members;
    },
  };
}

/** Those that are being deleted count: they still take what they took. */
export function countOf(stores: readonly StoreRecord[], team: string): number {
  return stores.filter(({ profile }) => (profile.team ?? DEFAULT_TEAM) === team).length;
}

async function membersOf(users: UserReads, team: string): Promise<Member[]> {
  return (await users.list()).flatMap(({ id, name, teams }) =>
    teams[team] ? [{ user: id, name, role: teams[team] }] : [],
  );
}

/** A team that is none of the caller's is no team to them. */
function assertManages(caller: Caller, team: string): void {
  if (rolesIn(caller, team).length === 0) throw noTeam(team);
  if (!may(caller, 'team:manage', team))
    throw new ShopyardError('forbidden', 'this needs the right team:manage: ask an owner of the team');
}

export async function requireTeam(teams: TeamReads, id: string): Promise<KeptTeam> {
  const team = await teams.find(id);
  if (!team) throw noTeam(id);
  return team;
}

function noTeam(id: string): ShopyardError {
  const message = `there is no team "${id.slice(0, 80)}"`;
  return new ShopyardError('not_found', message, [issueAt(['team'], message)]);
}

const limitsOf = ({ limits }: KeptTeam): string =>
  limits.stores === undefined ? 'no limits' : `stores at most ${limits.stores}`;
