/** Writes each entry of the audit trail to the log as well, and removes entries after their retention. */
import type { Logger } from 'pino';
import { toAuditEntry } from '../../domain/audit-entry.ts';
import type { Clock } from '../../kit/clock.ts';
import { createRepeated } from '../../kit/repeat.ts';
import type { Storage } from '../../storage/storage.ts';

const DAY_MS = 24 * 3_600_000;
const KEPT_MS = 400 * DAY_MS;
const PAGE = 500;
const SERVER = { user: { name: 'server' }, roles: [], via: 'schedule' } as const;

/** Returns what ends both. */
export async function keepAudit(
  { audit }: Pick<Storage, 'audit'>,
  { log, clock }: { log: Logger; clock: Clock },
): Promise<() => void> {
  const [last] = await audit.list({ limit: 1 });
  let seq = last?.seq ?? 0;
  const onError = (error: unknown): void => log.error({ error }, 'the audit trail could not be read or trimmed');

  async function logNew(): Promise<void> {
    for (;;) {
      const entries = await audit.list({ after: seq, limit: PAGE });
      for (const entry of entries) log.info({ audit: true, ...entry }, 'audit');
      seq = entries.at(-1)?.seq ?? seq;
      if (entries.length < PAGE) return;
    }
  }
  // One after the other, so that none is written twice.
  let writing = Promise.resolve();
  const stop = audit.onAppended(() => {
    writing = writing.then(logNew).catch(onError);
  });
  const trimming = createRepeated(
    async () => {
      const at = clock.now();
      const entry = toAuditEntry({ caller: SERVER, action: 'audit.trim', at: at.toISOString() });
      await audit.trim(new Date(at.getTime() - KEPT_MS), entry);
    },
    { pauseMs: DAY_MS, clock, onError },
  );
  trimming.start();
  return () => {
    stop();
    trimming.close();
  };
}
