/** What groups of an identity provider give here, by the operator's table. Pure. */
import { DEFAULT_TEAM, type Role, ROLES, type TeamRole } from '@shopyard/contracts';

/** A row of the table. `admin` has no team: it is a role in all of them. */
export interface GroupGrant {
  group: string;
  role: Role;
  team?: string | undefined;
}

/** Nothing but what the table says; of two roles in a team, the higher one. */
export function grantsOf(groups: readonly string[], table: readonly GroupGrant[]) {
  const teams: Record<string, TeamRole> = {};
  let admin = false;
  for (const { group, role, team = DEFAULT_TEAM } of table) {
    if (!groups.includes(group)) continue;
    if (role === 'admin') admin = true;
    else if (isHigher(role, Object.hasOwn(teams, team) ? teams[team] : undefined)) teams[team] = role;
  }
  return { admin, teams };
}

function isHigher(role: TeamRole, than: TeamRole | undefined): boolean {
  return than === undefined || ROLES[role].length > ROLES[than].length;
}
