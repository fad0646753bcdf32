import type { Person } from '../app/access/person.ts';

export interface Identity extends Person {
  /** Key for limits: the user, or the address where there is no authentication. */
  key: string;
  /** Where the call comes from. */
  address: string;
}
