/** What tests of the transports work with. */
import { type Access, createAccess } from '../app/access/access.ts';
import { openDatabase } from '../storage/sqlite/database.ts';
import { createSqliteStorage } from '../storage/sqlite/sqlite-storage.ts';
import type { Scope } from './request-context.ts';
import { type Callers, createCallers } from './caller.ts';

/** Everybody is `local`, as on a laptop. */
export async function openToAll(): Promise<{ people: Access; callers: Callers & { scope: Scope }; scope: Scope }> {
  const storage = createSqliteStorage(await openDatabase(':memory:'), () => '');
  const people = await createAccess({ storage, now: () => new Date(), mode: 'open', token: undefined });
  const scope: Scope = (services) => services;
  const callers = createCallers({ listening: { auth: { kind: 'none' } }, access: people, now: () => new Date() });
  return { people, callers: { ...callers, scope }, scope };
}
