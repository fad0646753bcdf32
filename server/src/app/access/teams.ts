/** Teams: who belongs to them, in which role, and how much they may have. */
import { type Caller, issueAt, may, type Member, QUOTAS, rolesIn, ShopyardError, type Team } from '@shopyard/contracts';
import type { AccessService } from '@shopyard/contracts/services';
import { createDeeds } from '../../domain/audit-entry.ts';
import type { StoreRecord } from '../../domain/store.ts';
import type { StoreReads } from '../../storage/storage.ts';
import { createsSince, isOfTeam, type Load } from '../stores/team-quotas.ts';
import type { KeptTeam, People, TeamReads, UserReads } from '../../storage/access-storage.ts';

export type Teams = Pick<AccessService, 'teams' | 'createTeam' | 'changeTeam' | 'members' | 'setMember'>;

export interface TeamsOptions {
  people: People;
  stores: Pick<StoreReads, 'list'>;
  /** What stores take of what can be limited. */
  useOf: (stores: readonly StoreRecord[]) => Load;
  now: () => Date;
  onRevoked: () => void;
}

export function createTeams({ people, stores, useOf, now, onRevoked }: TeamsOptions): Teams {
  const deed = createDeeds(now);
  async function toTeams(of: readonly KeptTeam[], { teams = {} }: Caller): Promise<Team[]> {
    const all = await stores.list();
    const shown = of.map(async ({ id, limits }) => {
      const { length: createsPerHour } = await people.teams.creates(id, createsSince(now()));
      const used = { ...useOf(all.filter(isOfTeam(id))), createsPerHour };
      return { id, limits, used, ...(teams[id] ? { role: teams[id] } : {}) };
    });
    return Promise.all(shown);
  }
  const toTeam = async (team: KeptTeam, caller: Caller): Promise<Team> => {
    const [shown] = await toTeams([team], caller);
    if (!shown) throw new Error('of one team, one is shown');
    return shown;
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
        const left = (await writes.users.find(user.id))?.teams[team];
        if (left !== (role ?? undefined)) throw fromProvider(name, left);
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

async function membersOf(users: UserReads, team: string): Promise<Member[]> {
  return (await users.list()).flatMap(({ id, name, teams }) =>
    teams[team] ? [{ user: id, name, role: teams[team] }] : [],
  );
}

/** A team that is none of the caller's is no team to them. */
export function assertManages(caller: Caller, team: string): void {
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

/** What an identity provider gave stays until it takes it away. */
function fromProvider(name: string, role: string | undefined): ShopyardError {
  const why = `${name} is ${role} by a group of the identity provider: change that group, or the table of groups`;
  return new ShopyardError('validation_failed', why, [issueAt(['role'], why)]);
}

const limitsOf = ({ limits }: KeptTeam): string =>
  QUOTAS.flatMap((quota) => (limits[quota] === undefined ? [] : `${quota} at most ${limits[quota]}`)).join(', ') ||
  'no limits';
