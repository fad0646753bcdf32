/** Why somebody may not do something, in words for them. Pure. */
import {
  CAPABILITIES,
  DEFAULT_TEAM,
  type Grants,
  type ProcedureName,
  rightRefusal,
  ROLES,
  rolesIn,
  type Store,
} from '@shopyard/contracts';

/** `undefined` if they may. Without a store: in any team. */
export function whyNot(action: ProcedureName, caller: Grants, store?: Pick<Store, 'id' | 'team'>): string | undefined {
  if (!rightRefusal(action, caller, store)) return undefined;
  const { right } = CAPABILITIES[action];
  const needed = Object.entries(ROLES).find(([, rights]) => rights.some((held) => held === right))?.[0] ?? 'admin';
  if (needed === 'admin') return 'Only administrators may do this.';
  if (!store) return `This needs the role ${needed} in a team.`;
  const { team = DEFAULT_TEAM } = store;
  const own = rolesIn(caller, team).at(-1);
  return `This needs the role ${needed} in the team ${team}. ${own === undefined ? 'You have none there.' : `Yours is ${own}.`}`;
}
