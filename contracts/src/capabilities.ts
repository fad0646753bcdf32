/**
 * Defines who may do what, in which state of a store: one rule for buttons, bulk actions and the server's answer.
 * Every procedure of the router has a row, which router.ts checks. Pure.
 */
import type { ErrorBody } from './errors.ts';
import { DEFAULT_TEAM, type Grants, may, type Right, rolesIn } from './rights.ts';
import type { Store } from './stores/store.ts';

type State = Pick<Store, 'phase' | 'reason' | 'suspended'> & Partial<Owned>;
/** What of a store says whose it is. */
type Owned = Pick<Store, 'id' | 'team'>;

interface Guard {
  holds: (store: State) => boolean;
  otherwise: ErrorBody;
}

interface Capability {
  right: Right;
  /** Refuses the call in other states of the store; the first that doesn't hold says why. */
  when?: Guard | readonly Guard[];
  /** The call would change nothing: the server answers with the store as it is. */
  idle?: (store: State) => boolean;
  /** The dashboard offers it in these states only; by default, wherever it is neither refused nor idle. */
  offered?: (store: State) => boolean;
  /** Every mutation's name in the history. */
  audit?: string;
}

const isDeleting = ({ phase }: State): boolean => phase === 'Deleting';
/** Requested, so no failure: a retry would set the store up again. */
const REQUESTED = new Set<string>(['Restarting', 'Suspending', 'Resuming', 'ChangeWaiting']);
const hasFinding = ({ reason }: State): boolean => reason !== undefined && !REQUESTED.has(reason);

const DELETING = {
  holds: isDeleting,
  otherwise: {
    code: 'not_deleting',
    message: "delete the store first: its finalizers can be removed only while a deletion doesn't finish",
  },
} as const;
const NOT_DELETING = {
  holds: (store: State): boolean => !isDeleting(store),
  otherwise: { code: 'being_deleted', message: 'the store is being deleted' },
} as const;

/** Otherwise the request would wait, and come true when nobody expects it any more. */
const RUNS = {
  holds: ({ phase, reason, suspended }: State): boolean =>
    !suspended && phase !== 'Queued' && phase !== 'Failed' && reason !== 'Adopted',
  otherwise: {
    code: 'unavailable',
    message: "a store that is queued, suspended, failed or only adopted can't be restarted: update, resume or retry it",
  },
} as const;

/** An adopted store stays as it is until it gets a generation here. */
const MANAGED = {
  holds: ({ reason }: State): boolean => reason !== 'Adopted',
  otherwise: { code: 'unavailable', message: 'the store was only adopted: update or retry it first' },
} as const;

/** No helm runs for a store without pods. */
const AWAKE = {
  holds: ({ suspended }: State): boolean => !suspended,
  otherwise: { code: 'unavailable', message: 'a suspended store is changed when it resumes: resume it' },
} as const;

/** Pods that stop would take data with them, or not come back. */
const MAY_STOP = {
  holds: ({ reason }: State): boolean => reason !== 'VolumeDeleting' && reason !== 'CredentialsLost',
  otherwise: { code: 'unavailable', message: "its pods must keep running for now: the store's message says why" },
} as const;

export const CAPABILITIES = {
  'stores.create': { right: 'stores:write', audit: 'create' },
  'stores.list': { right: 'stores:read' },
  'stores.get': { right: 'stores:read' },
  'stores.values': { right: 'stores:read' },
  'stores.plan': { right: 'stores:write', when: NOT_DELETING },
  'stores.applyPlan': { right: 'stores:write', when: NOT_DELETING, audit: 'update' },
  'stores.update': { right: 'stores:write', when: NOT_DELETING, audit: 'update' },
  'stores.rollback': { right: 'stores:write', when: NOT_DELETING, audit: 'rollback' },
  'stores.remove': { right: 'stores:delete', idle: isDeleting, audit: 'delete' },
  'stores.forceRemove': {
    right: 'platform:manage',
    when: DELETING,
    // Until then its namespace may still go away by itself.
    offered: ({ reason }) => reason === 'NamespaceTerminating',
    audit: 'force-remove',
  },
  'stores.retry': {
    right: 'stores:write',
    idle: ({ phase, reason }) => (phase === 'Ready' || phase === 'Suspended') && reason !== 'Adopted',
    // Accepted of a deletion too, which also retries by itself.
    offered: (store) => hasFinding(store) && !isDeleting(store),
    audit: 'retry',
  },
  'stores.restart': { right: 'stores:write', when: [NOT_DELETING, RUNS, MAY_STOP], audit: 'restart' },
  'stores.suspend': {
    right: 'stores:write',
    when: [NOT_DELETING, MANAGED, MAY_STOP],
    idle: ({ suspended = false }) => suspended,
    audit: 'suspend',
  },
  'stores.resume': {
    right: 'stores:write',
    when: [NOT_DELETING, MANAGED],
    idle: ({ suspended = false }) => !suspended,
    audit: 'resume',
  },
  'stores.setSchedule': { right: 'stores:write', when: NOT_DELETING, audit: 'schedule' },
  // One that deletes also needs what `stores.remove` needs.
  'stores.setExpiry': { right: 'stores:write', when: NOT_DELETING, audit: 'expiry' },
  'stores.setWindow': { right: 'stores:write', when: NOT_DELETING, audit: 'window' },
  'stores.cancel': { right: 'stores:write', when: NOT_DELETING, audit: 'cancel' },
  'stores.applyNow': { right: 'stores:write', when: [NOT_DELETING, AWAKE], audit: 'apply-now' },
  'stores.credentials': {
    right: 'stores:sensitive',
    offered: ({ phase }) => phase === 'Ready',
    audit: 'credentials',
  },
  'stores.loginLink': {
    right: 'stores:sensitive',
    offered: ({ phase }) => phase === 'Ready',
    audit: 'login-link',
  },
  'stores.revisions': { right: 'stores:read' },
  'stores.compareRevisions': { right: 'stores:read' },
  'stores.timeline': { right: 'stores:read' },
  'stores.events': { right: 'stores:sensitive' },
  'stores.mails': { right: 'stores:sensitive' },
  'stores.release': { right: 'stores:sensitive' },
  'stores.logs': { right: 'stores:sensitive' },
  'stores.watch': { right: 'stores:read' },
  'stores.watchOne': { right: 'stores:read' },
  'stores.watchEvents': { right: 'stores:sensitive' },
  'stores.watchMails': { right: 'stores:sensitive' },
  'stores.watchRelease': { right: 'stores:sensitive' },
  'platform.get': { right: 'stores:read' },
  'platform.overview': { right: 'stores:read' },
  'platform.watchOverview': { right: 'stores:read' },
  'platform.chart': { right: 'stores:read' },
  'platform.adoptable': { right: 'platform:read' },
  'platform.adopt': { right: 'platform:manage', audit: 'adopt' },
  'access.me': { right: 'account:own' },
  'access.sessions': { right: 'account:own' },
  'access.endSession': { right: 'account:own', audit: 'end-session' },
  'access.changePassword': { right: 'account:own', audit: 'change-password' },
  'access.confirmPassword': { right: 'account:own', audit: 'confirm-password' },
  'access.createSignInCode': { right: 'platform:manage', audit: 'sign-in-code' },
  'access.createSetUpCode': { right: 'platform:manage', audit: 'set-up-code' },
  'access.users': { right: 'platform:read' },
  'access.createUser': { right: 'platform:manage', audit: 'create-user' },
  'access.changeUser': { right: 'platform:manage', audit: 'change-user' },
  'access.inviteUser': { right: 'platform:manage', audit: 'invite-user' },
  'access.audit': { right: 'platform:read' },
  'access.tokens': { right: 'account:own' },
  'access.createToken': { right: 'account:own', audit: 'create-token' },
  'access.revokeToken': { right: 'account:own', audit: 'revoke-token' },
  'access.teams': { right: 'account:own' },
  'access.createTeam': { right: 'platform:manage', audit: 'create-team' },
  'access.changeTeam': { right: 'platform:manage', audit: 'change-team' },
  'access.members': { right: 'team:manage' },
  'access.setMember': { right: 'team:manage', audit: 'set-member' },
  'access.serviceAccounts': { right: 'team:manage' },
  'access.createServiceAccount': { right: 'team:manage', audit: 'create-service-account' },
  'access.removeServiceAccount': { right: 'team:manage', audit: 'remove-service-account' },
  'access.createServiceToken': { right: 'team:manage', audit: 'create-service-token' },
  'access.revokeServiceToken': { right: 'team:manage', audit: 'revoke-service-token' },
} as const satisfies Record<string, Capability>;

/** A procedure of the router, such as `stores.create`. */
export type ProcedureName = keyof typeof CAPABILITIES;
/** A procedure that changes something, or reveals a login. */
export type AuditedAction = {
  [P in ProcedureName]: (typeof CAPABILITIES)[P] extends { audit: string } ? P : never;
}[ProcedureName];

export function isProcedureName(path: string): path is ProcedureName {
  return Object.hasOwn(CAPABILITIES, path);
}

/** The server may change who gets in while it may not change the cluster. */
export function changesCluster(action: string): boolean {
  return !action.startsWith('access.');
}

const capabilityOf = (action: ProcedureName): Capability => CAPABILITIES[action];

/** The refusal for a store that does not exist, or that the caller must not see. */
export function noStore(id: string): ErrorBody {
  return { code: 'not_found', message: `there is no store with the id "${id.slice(0, 80)}"` };
}

/** Whether the store is there at all for this caller. */
export function seesStore(caller: Grants, { team = DEFAULT_TEAM }: Partial<Owned>): boolean {
  return rolesIn(caller, team).length > 0;
}

/** Why the caller has no right to this, on this store or, without one, on any. A foreign store is none. */
export function rightRefusal(action: ProcedureName, caller: Grants, store?: Partial<Owned>): ErrorBody | undefined {
  const { right } = capabilityOf(action);
  // A token is for one purpose, and its owner's account is none.
  if (right === 'account:own' && (!caller.scopes || action === 'access.me')) return undefined;
  if (store && !seesStore(caller, store)) return noStore(store.id ?? '');
  if (may(caller, right, store && (store.team ?? DEFAULT_TEAM))) return undefined;
  return { code: 'forbidden', message: `this needs the right ${right}: ask an administrator for it` };
}

/** Why the server refuses this call; `undefined` if it doesn't. Without `store`, by the caller's rights alone. */
export function refusal(action: ProcedureName, caller: Grants, store?: State): ErrorBody | undefined {
  const refused = rightRefusal(action, caller, store);
  if (refused) return refused;
  const { when } = capabilityOf(action);
  return store && when && [when].flat().find(({ holds }) => !holds(store))?.otherwise;
}

/** The call would change nothing. */
export function isIdle(action: ProcedureName, store: State): boolean {
  return capabilityOf(action).idle?.(store) ?? false;
}

/** Whether the dashboard offers this on the store. */
export function isOffered(action: ProcedureName, caller: Grants, store: State): boolean {
  if (refusal(action, caller, store) || isIdle(action, store)) return false;
  return capabilityOf(action).offered?.(store) ?? true;
}
