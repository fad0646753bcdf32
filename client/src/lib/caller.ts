/** The user of this dashboard. There are no accounts yet: everyone is an operator. */
import type { Caller } from '@shopyard/contracts';

export const CALLER: Pick<Caller, 'roles'> = { roles: ['operator'] };
