/** Holds a call against the table of capabilities. */
import { type Caller, type ProcedureName, refusal, ShopyardError, type Store } from '@shopyard/contracts';

/** Throws a ShopyardError unless this caller may do this to the store, as it is now. */
export function assertAllowed(action: ProcedureName, caller: Caller, store: Store): void {
  const refused = refusal(action, caller, store);
  if (refused) throw new ShopyardError(refused.code, refused.message, refused.issues);
}
