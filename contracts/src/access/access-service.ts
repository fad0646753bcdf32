/** The service behind the procedures of who gets in. */
import type { Caller } from '../caller.ts';
import type { AuditEntry, ListAudit } from './audit.ts';
import type {
  CreateServiceAccount,
  CreateServiceToken,
  ServiceAccount,
  ServiceAccountId,
  ServiceTokenId,
} from './service-accounts.ts';
import type { OnceCode } from './sign-in.ts';
import type { Member, PutTeam, SetMember, Team } from './teams.ts';
import type { CreateToken, NewToken, Token } from './tokens.ts';
import type {
  ChangePassword,
  ChangeUser,
  ConfirmPassword,
  CreateUser,
  Invitation,
  Me,
  Session,
  User,
} from './users.ts';

/** There is nothing to tell. */
type Done = Record<string, never>;

export interface AccessService {
  me(caller: Caller): Promise<Me>;
  /** The caller's own, newest first; none for callers without an account. */
  sessions(caller: Caller): Promise<Session[]>;
  /** Also ends its open connections. `not_found` unless it is the caller's. */
  endSession(id: string, caller: Caller): Promise<Done>;
  /** Ends the caller's other sessions. `validation_failed` by field, `unavailable` for callers without a password. */
  changePassword(input: ChangePassword, caller: Caller): Promise<Done>;
  /** Renews the caller's session as of a sign-in. `validation_failed` for a wrong password, `unavailable` without one. */
  confirmPassword(input: ConfirmPassword, caller: Caller): Promise<Done>;
  /** `unavailable` where nobody has to sign in, and once there are accounts. */
  createSignInCode(caller: Caller): Promise<OnceCode>;
  /** `unavailable` once there are accounts, and behind a proxy that signs people in. */
  createSetUpCode(caller: Caller): Promise<OnceCode>;
  /** By name. */
  users(): Promise<User[]>;
  /** `name_taken` if there is one, `unavailable` before the first account is set up. */
  createUser(input: CreateUser, caller: Caller): Promise<Invitation>;
  /** Ends what the user may no longer do. `validation_failed` for the last administrator. */
  changeUser(input: ChangeUser, caller: Caller): Promise<User>;
  /** The user's password stays until the invitation is used. */
  inviteUser(id: string, caller: Caller): Promise<Invitation>;
  /** The caller's own, newest first. */
  tokens(caller: Caller): Promise<Token[]>;
  /** Its secret is shown this once. `unavailable` for callers without an account. */
  createToken(input: CreateToken, caller: Caller): Promise<NewToken>;
  /** `not_found` unless it is the caller's. */
  revokeToken(id: string, caller: Caller): Promise<Done>;
  /** The caller's teams, or all of them for an administrator; by id. */
  teams(caller: Caller): Promise<Team[]>;
  /** `name_taken` if there is one. */
  createTeam(input: PutTeam, caller: Caller): Promise<Team>;
  /** Replaces its limits. What it has already stays. */
  changeTeam(input: PutTeam, caller: Caller): Promise<Team>;
  /** By name. `not_found` for a team that is none of the caller's. */
  members(team: string, caller: Caller): Promise<Member[]>;
  /** Ends what the user may no longer do. */
  setMember(input: SetMember, caller: Caller): Promise<Member[]>;
  /** By name. `not_found` for a team that is none of the caller's. */
  serviceAccounts(team: string, caller: Caller): Promise<ServiceAccount[]>;
  /** `name_taken` if the team has one. */
  createServiceAccount(input: CreateServiceAccount, caller: Caller): Promise<ServiceAccount>;
  /** Ends its tokens at once. */
  removeServiceAccount(input: ServiceAccountId, caller: Caller): Promise<Done>;
  /** Its secret is shown this once. */
  createServiceToken(input: CreateServiceToken, caller: Caller): Promise<NewToken>;
  revokeServiceToken(input: ServiceTokenId, caller: Caller): Promise<Done>;
  /** Newest first, or oldest first after an entry. */
  audit(query: ListAudit): Promise<AuditEntry[]>;
  /** Called when a caller is refused for lack of a right. */
  noteRefusal(action: string, caller: Caller): Promise<void>;
}
