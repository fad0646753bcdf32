/** The user of this dashboard. It offers every action; the server refuses those that the user's role does not allow. */
import type { Caller } from '@shopyard/contracts';

export const CALLER: Pick<Caller, 'roles'> = { roles: ['admin'] };
