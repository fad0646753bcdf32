/** What tests of the transports work with. */
import { type Access, createAccess } from '../app/access/access.ts';
import { type Callers, createCallers } from './caller.ts';

/** Everybody is `local`, as on a laptop. */
export function openToAll(): { people: Access; callers: Callers } {
  const none = (): Promise<never> => Promise.reject(new Error('nothing is kept'));
  const people = createAccess({
    storage: {
      sessions: { add: none, find: none, see: none, end: none },
      codes: { keep: none, take: none },
      troubleOf: () => undefined,
    },
    now: () => new Date(),
    isAsked: false,
    token: undefined,
  });
  return { people, callers: createCallers({ auth: { kind: 'none' }, access: people }) };
}
