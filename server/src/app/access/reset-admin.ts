import type { Caller } from '@shopyard/contracts';
import { toAuditEntry } from '../../domain/audit-entry.ts';
import type { People } from '../../storage/access-storage.ts';
import { createCodes } from './codes.ts';

/**
 * Makes the named user an administrator who may come in, or else the first one there is; ends their sessions. Returns a code of
 * an invitation. Throws an Error with the remedy if there is no such user.
 */
export async function resetAdmin(people: People, wanted: string | undefined, at: Date) {
  const codes = createCodes(people, () => at);
  return people.write(async (writes) => {
    const users = await writes.users.list();
    const user = users.find(({ name, admin }) => (wanted === undefined ? admin : name === wanted));
    if (!user) {
      const names = users.map(({ name }) => name).join(', ');
      throw new Error(
        names === '' ? 'there are no accounts: run "npm run set-up" while the server runs' : `name one of: ${names}`,
      );
    }
    await writes.users.change(user.id, { admin: true });
    await writes.users.disable(user.id, undefined);
    await writes.sessions.endOfUser(user.id);
    const caller: Caller = { user: { name: 'reset-admin' }, roles: ['admin'], via: 'cli' };
    const deed = { caller, action: 'reset-admin', object: user.id, detail: user.name };
    await writes.audit(toAuditEntry({ ...deed, at: at.toISOString() }));
    return { name: user.name, ...(await codes.issueIn(writes, 'invitation', user.id)) };
  });
}
