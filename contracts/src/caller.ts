/** Who calls a procedure, and how. */
import type { Grants } from './rights.ts';

export interface UserRef {
  /** The name in the history. */
  name: string;
  /** Of the caller's account; absent for callers without one. */
  id?: string | undefined;
}

/** The caller of a procedure. */
export interface Caller extends Grants {
  user: UserRef;
  /** How the server knows who it is; absent for calls that the server makes by itself. */
  by?: 'open' | 'session' | 'token' | 'proxy';
  /** Where the call comes from. */
  address?: string;
  /** What its program calls itself. */
  client?: string;
  /** Id of the session, if that lets the caller in. */
  session?: string | undefined;
  /** Id of the token, likewise. */
  token?: string | undefined;
  /** `environment`: the operator, by a variable of the server. `schedule`: the server, by what people set for the store. */
  via: 'dashboard' | 'rest' | 'cli' | 'mcp' | 'environment' | 'schedule';
  /** Repeating a create with this key returns the first one's store. */
  idempotencyKey?: string | undefined;
}
