import type { AuditEntry, Caller } from '@shopyard/contracts';

interface AuditedDeed {
  caller: Caller;
  action: string;
  /** ISO 8601. */
  at: string;
  object?: string | undefined;
  /** Names and numbers, never values or secrets. */
  detail?: string | undefined;
  outcome?: AuditEntry['outcome'];
}

/** Makes entries of what callers do, at the time that `now` tells. */
export function createDeeds(now: () => Date) {
  return (action: string, caller: Caller, more: Pick<AuditedDeed, 'object' | 'detail'> = {}) =>
    toAuditEntry({ caller, action, at: now().toISOString(), ...more });
}

/** What a caller did, or was refused, as the audit trail keeps it. */
export function toAuditEntry({ caller, action, at, object, detail, outcome = 'ok' }: AuditedDeed) {
  const { user, by = 'server', via, address, client, token } = caller;
  return {
    at,
    actor: user.name,
    by,
    via,
    action,
    outcome,
    ...(user.id === undefined ? {} : { actorId: user.id }),
    ...(token === undefined ? {} : { tokenId: token }),
    ...(address === undefined ? {} : { address }),
    ...(client === undefined ? {} : { client }),
    ...(object === undefined ? {} : { object }),
    ...(detail ? { detail } : {}),
  } satisfies Partial<AuditEntry>;
}
