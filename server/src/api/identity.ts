import type { Person } from '../app/access/person.ts';

/** Counts one call. Throws TooManyRequestsError. */
export type Admit = (identity: Identity, type: 'query' | 'mutation' | 'subscription') => void;

export interface Identity extends Person {
  /** Key for limits: the user, or the address where there is no authentication. */
  key: string;
  /** Where the call comes from. */
  address: string;
}
