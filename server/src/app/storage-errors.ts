/** A disk that is full or failing is no fault of the caller's: said as `unavailable`, with what to do. */
import { ShopyardError } from '@shopyard/contracts';
import type { Database } from '../storage/database.ts';
import { noteMilestone } from '../storage/meta.repository.ts';

const CHECK_MS = 5000;

const WORDS: Record<string, string> = {
  SQLITE_FULL: 'the disk of the data directory is full: free some space and try again; the stores keep running',
  SQLITE_IOERR: 'the disk of the data directory fails: look at the server machine; the stores keep running',
  SQLITE_READONLY: 'the data directory can not be written: mend its permissions and try again',
};

/** The sentence for an error of the database's storage; undefined for any other error. */
function storageTrouble(error: unknown): string | undefined {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  // SQLite rolls back by itself when it can't write; that the transaction is gone hides why.
  if (message === 'cannot rollback - no transaction is active') return WORDS['SQLITE_FULL'];
  return Object.entries(WORDS).find(([prefix]) => code.startsWith(prefix))?.[1];
}

/** The service, with trouble of its storage told as `unavailable`. Streams are passed on as they are. */
export function withStorageErrors<Service extends object>(service: Service): Service {
  const entries = Object.entries(service).map(([name, method]) => [
    name,
    (...args: unknown[]): unknown => {
      const result = (method as (...given: unknown[]) => unknown)(...args);
      return result instanceof Promise ? result.catch(rethrow) : result;
    },
  ]);
  return Object.fromEntries(entries) as Service;
}

function rethrow(error: unknown): never {
  const words = storageTrouble(error);
  throw words ? new ShopyardError('unavailable', words) : error;
}

/**
 * Says why the database can't be written, one sentence; none when it can. It is written to find out, at most once in
 * `CHECK_MS`: whoever reaches `/readyz` must not decide how often the disk works.
 */
export function createDatabaseCheck(db: Database, now: () => Date): () => Promise<string[]> {
  let checkedAt = -Infinity;
  let result: Promise<string[]> = Promise.resolve([]);
  return () => {
    const at = now();
    if (at.getTime() - checkedAt >= CHECK_MS) {
      checkedAt = at.getTime();
      result = databaseTrouble(db, at);
    }
    return result;
  };
}

async function databaseTrouble(db: Database, at: Date): Promise<string[]> {
  try {
    await noteMilestone(db, { name: 'checked', at: at.toISOString() });
    return [];
  } catch (error) {
    return [storageTrouble(error) ?? 'the database can not be written'];
  }
}
