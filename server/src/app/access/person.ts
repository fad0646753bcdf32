import type { Grants } from '@shopyard/contracts';

/** Somebody whom the server knows. */
export interface Person extends Grants {
  /** Of an account. */
  id?: string;
  /** The name in the history. */
  name: string;
  by: 'open' | 'session' | 'token' | 'proxy';
  /** Id of the session. */
  session?: string;
  /** Id of the token; absent for the one that is kept beside the data. */
  token?: string;
}
