import type { AccessService } from '@shopyard/contracts/services';
import { toAuditEntry } from '../../domain/audit-entry.ts';
import type { AuditReads } from '../../storage/audit-storage.ts';

/** Of one caller and action, one refusal in this time is kept: whoever insists must not fill the disk. */
const EACH_MS = 60_000;
const MOST = 1000;

/** Keeps refusals in the audit trail. */
export function createRefusalNotes(audit: Pick<AuditReads, 'append'>, now: () => Date): AccessService['noteRefusal'] {
  const noted = new Map<string, number>();
  return async (action, caller) => {
    const at = now();
    const key = `${caller.user.name} ${action}`;
    if (at.getTime() - (noted.get(key) ?? -Infinity) < EACH_MS) return;
    if (noted.size >= MOST) noted.clear();
    noted.set(key, at.getTime());
    await audit.append(toAuditEntry({ caller, action, at: at.toISOString(), outcome: 'denied' }));
  };
}
