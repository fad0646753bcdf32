/** Entries of the audit trail in words for people. Pure. */
import type { AuditEntry } from '@shopyard/contracts';

/** What follows the name of who did it; an object comes after it. */
const ACTIONS: Readonly<Partial<Record<string, string>>> = {
  'sign-in': 'signed in',
  'sign-out': 'signed out',
  'reset-admin': 'reset the administrator',
  'stores.create': 'created the store',
  'stores.applyPlan': 'applied a plan to',
  'stores.update': 'changed the settings of',
  'stores.rollback': 'rolled back',
  'stores.remove': 'deleted',
  'stores.forceRemove': 'forced the deletion of',
  'stores.retry': 'retried',
  'stores.restart': 'restarted',
  'stores.suspend': 'suspended',
  'stores.resume': 'resumed',
  'stores.setSchedule': 'changed the schedule of',
  'stores.setExpiry': 'changed the expiry of',
  'stores.setWindow': 'changed the maintenance window of',
  'stores.cancel': 'cancelled a change of',
  'stores.applyNow': 'applied at once a change of',
  'stores.credentials': 'viewed the administrator password of',
  'stores.loginLink': 'got a sign-in link to the administration of',
  'stores.logs': 'read the logs of',
  'platform.adopt': 'adopted',
  'access.endSession': 'ended a session',
  'access.changePassword': 'changed their password',
  'access.confirmPassword': 'confirmed their password',
  'access.createServiceAccount': 'created the service account',
  'access.removeServiceAccount': 'removed the service account',
  'access.createServiceToken': 'created the token of a service account:',
  'access.revokeServiceToken': 'revoked a token of a service account',
  'access.createSignInCode': 'created a sign-in link',
  'access.createSetUpCode': 'created a set-up link',
  'access.createUser': 'invited',
  'access.changeUser': 'changed the user',
  'access.inviteUser': 'invited again',
  'access.createToken': 'created the token',
  'access.revokeToken': 'revoked a token',
  'access.createTeam': 'created the team',
  'access.changeTeam': 'changed the limits of the team',
  'access.setMember': 'changed the members of a team:',
};

/** Those that can be chosen in the filter, by their words. */
export const ACTION_NAMES = Object.keys(ACTIONS);

/** The words alone, such as for a choice of actions. */
export function actionWords(action: string): string {
  return ACTIONS[action]?.replace(/ of$|:$/, '') ?? action;
}

/** How the server knew who it was. */
const WAYS: Record<AuditEntry['by'], string> = {
  open: 'without signing in',
  session: 'signed in',
  token: 'by a token',
  proxy: 'through the proxy',
  server: 'the server itself',
  none: 'not signed in',
};

export function wayWords({ by, via, tokenId }: Pick<AuditEntry, 'by' | 'via' | 'tokenId'>): string {
  if (by === 'server') return via === 'schedule' ? 'by its schedule' : WAYS.server;
  const how = tokenId === undefined ? WAYS[by] : `by the token ${tokenId}`;
  const way = VIAS[via];
  return way === undefined ? how : `${how}, ${way}`;
}

const VIAS: Readonly<Partial<Record<string, string>>> = {
  dashboard: 'dashboard',
  rest: 'REST',
  cli: 'command line',
  mcp: 'MCP',
  environment: 'by a variable of the server',
};

/** What follows the name of who did it, or was refused it. */
export function didWords({ action, outcome }: Pick<AuditEntry, 'action' | 'outcome'>): string {
  if (outcome === 'ok') return ACTIONS[action] ?? action;
  return action === 'sign-in' ? 'failed to sign in' : `was refused: ${actionWords(action)}`;
}
