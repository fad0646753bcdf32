/** The administrator's side of accounts: who has one, and as what. */
import { newId } from '../../kit/new-id.ts';
import { type Invitation, issueAt, ShopyardError, type User } from '@shopyard/contracts';
import type { AccessService } from '@shopyard/contracts/services';
import { createDeeds } from '../../domain/audit-entry.ts';
import type { KeptUser, People, UserReads } from '../../storage/access-storage.ts';
import type { Codes } from './codes.ts';
import { requireTeam } from './teams.ts';

export type Accounts = Pick<AccessService, 'users' | 'createUser' | 'changeUser' | 'inviteUser'>;

export interface AccountsOptions {
  people: People;
  codes: Codes;
  now: () => Date;
  /** Throws while there is nobody who could sign in and manage others. */
  assertSetUp: () => void;
  /** Throws where passwords let nobody in, and invitations are no use. */
  assertPasswords: () => void;
  /** Called once somebody may do less than before. */
  onRevoked: () => void;
}

export const newUserId = (): string => newId('us');

export function createAccounts({
  people,
  codes,
  now,
  assertSetUp,
  assertPasswords,
  onRevoked,
}: AccountsOptions): Accounts {
  const deed = createDeeds(now);
  return {
    users: async () => (await people.users.list()).map(toUser),

    async createUser({ name, role, team }, caller) {
      assertSetUp();
      assertPasswords();
      return people.write(async (writes) => {
        if (role !== 'admin') await requireTeam(writes.teams, team);
        const user = await writes.users.create({
          id: newUserId(),
          name,
          admin: role === 'admin',
          teams: role === 'admin' ? {} : { [team]: role },
          createdAt: now().toISOString(),
        });
        if (!user) throw new ShopyardError('name_taken', `there is a user ${name} already: choose another name`);
        await writes.audit(
          deed('access.createUser', caller, {
            object: user.id,
            detail: role === 'admin' ? `${name}, admin` : `${name}, ${role} in ${team}`,
          }),
        );
        return { user: toUser(user), ...(await codes.issueIn(writes, 'invitation', user.id)) };
      });
    },

    async changeUser({ id, admin, disabled }, caller) {
      const user = await people.write(async (writes) => {
        const before = await requireUser(writes.users, id);
        if (admin !== undefined) await writes.users.change(id, { admin });
        if (disabled !== undefined) await writes.users.disable(id, disabled ? now().toISOString() : undefined);
        if (disabled) await writes.sessions.endOfUser(id);
        await assertAdminLeft(writes.users, before);
        const detail = [
          before.name,
          admin === undefined ? '' : admin ? 'admin' : 'no admin',
          disabled === undefined ? '' : disabled ? 'disabled' : 'enabled',
        ];
        await writes.audit(
          deed('access.changeUser', caller, { object: id, detail: detail.filter(Boolean).join(', ') }),
        );
        return requireUser(writes.users, id);
      });
      onRevoked();
      return toUser(user);
    },

    async inviteUser(id, caller): Promise<Invitation> {
      assertPasswords();
      return people.write(async (writes) => {
        const user = await requireUser(writes.users, id);
        await writes.audit(deed('access.inviteUser', caller, { object: id, detail: user.name }));
        return { user: toUser(user), ...(await codes.issueIn(writes, 'invitation', id)) };
      });
    },
  };
}

async function requireUser(users: UserReads, id: string): Promise<KeptUser> {
  const user = await users.find(id);
  if (!user) throw new ShopyardError('not_found', `there is no user with the id "${id.slice(0, 80)}"`);
  return user;
}

/** Otherwise nobody could let anybody in. Rolls the change back. */
async function assertAdminLeft(users: UserReads, before: KeptUser): Promise<void> {
  const all = await users.list();
  const isAdmin = all.some(({ id, admin }) => id === before.id && admin);
  const admins = all.filter(isActingAdmin);
  if (admins.length > 0 || !isActingAdmin(before)) return;
  const why = `${before.name} is the only administrator: make somebody else one first`;
  throw new ShopyardError('validation_failed', why, [issueAt([isAdmin ? 'disabled' : 'admin'], why)]);
}

const isActingAdmin = ({ admin, disabledAt, passwordHash, external }: KeptUser): boolean =>
  admin && disabledAt === undefined && (passwordHash !== undefined || external === true);

function toUser({ id, name, admin, teams, createdAt, disabledAt, passwordHash, external }: KeptUser): User {
  return {
    id,
    name,
    teams,
    createdAt,
    ...(admin ? { admin: true as const } : {}),
    ...(disabledAt === undefined ? {} : { disabled: true as const }),
    ...(external ? { external } : {}),
    ...(passwordHash === undefined && !external ? { invited: true as const } : {}),
  };
}
