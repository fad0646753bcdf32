/** A disk that is full or failing is no fault of the caller's: said as `unavailable`, with what to do. */
import { ShopyardError } from '@shopyard/contracts';
import type { Database } from '../store-state/database.ts';
import { noteMilestone } from '../store-state/milestone.repository.ts';

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

/** Why the database can't be written now, one sentence; none when it can: it is written. */
export async function databaseTrouble(db: Database): Promise<string[]> {
  try {
    await noteMilestone(db, { name: 'checked', at: new Date().toISOString() });
    return [];
  } catch (error) {
    return [storageTrouble(error) ?? 'the database can not be written'];
  }
}
