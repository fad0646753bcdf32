/** The user of this dashboard. There are no accounts yet: everyone is an administrator. */
import type { Caller } from '@shopyard/contracts';

export const CALLER: Pick<Caller, 'roles'> = { roles: ['admin'] };
