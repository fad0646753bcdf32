/** The rights that procedures ask for, and the roles that hold them. Pure. */

export const RIGHT_NAMES = [
  /** One's own account and sessions: everybody's who gets in. */
  'account:own',
  'stores:read',
  /** What may hold secrets, or leads into a store as its administrator. */
  'stores:sensitive',
  'stores:write',
  'stores:delete',
  /** Who belongs to a team, in which role. */
  'team:manage',
  'platform:read',
  'platform:manage',
] as const;
export type Right = (typeof RIGHT_NAMES)[number];

const VIEWER = ['account:own', 'stores:read'] as const;
const OPERATOR = [...VIEWER, 'stores:sensitive', 'stores:write'] as const;
const OWNER = [...OPERATOR, 'stores:delete', 'team:manage'] as const;

/** From the least to the most: each role has every right of the one before. */
export const ROLES = {
  viewer: VIEWER,
  operator: OPERATOR,
  owner: OWNER,
  admin: RIGHT_NAMES,
} as const satisfies Record<string, readonly Right[]>;
export type Role = keyof typeof ROLES;
/** An administrator is one everywhere. */
export type TeamRole = Exclude<Role, 'admin'>;

/** The team of stores that name none. */
export const DEFAULT_TEAM = 'default';

/** In which roles somebody acts, and where. */
export interface Grants {
  /** In every team. */
  roles: readonly Role[];
  /** By id of the team. */
  teams?: Readonly<Record<string, TeamRole>> | undefined;
  /** Of a token: it may do nothing else, whatever its owner may. */
  scopes?: readonly Right[] | undefined;
}

/** In this team, or, without one, in any. */
export function rolesIn({ roles, teams = {} }: Grants, team?: string): readonly Role[] {
  if (team === undefined) return [...roles, ...Object.values(teams)];
  return Object.hasOwn(teams, team) && teams[team] ? [...roles, teams[team]] : roles;
}

export function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}

function hasRight(roles: readonly Role[], right: Right): boolean {
  return roles.some((role) => ROLES[role].some((held) => held === right));
}

/** Whether somebody may do this in this team or, without one, in any. */
export function may(grants: Grants, right: Right, team?: string): boolean {
  return (grants.scopes?.includes(right) ?? true) && hasRight(rolesIn(grants, team), right);
}
