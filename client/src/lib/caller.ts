/** Who uses this dashboard. There are no accounts yet: everybody is an operator. */
import type { Caller } from '@shopyard/contracts';

export const CALLER: Pick<Caller, 'roles'> = { roles: ['operator'] };
