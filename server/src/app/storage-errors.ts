/** Reports a full or failing disk as `unavailable` with the remedy, because it is not the caller's fault. */
import { ShopyardError } from '@shopyard/contracts';
import type { Storage } from '../storage/storage.ts';

const CHECK_MS = 5000;

const MESSAGES: Record<string, string> = {
  SQLITE_FULL: "the data directory's disk is full: free some space and try again; the stores keep running",
  SQLITE_IOERR: "the data directory's disk is failing: check the server machine; the stores keep running",
  SQLITE_READONLY: "the data directory can't be written: fix its permissions and try again",
};

/** Sentence for a storage error of the database; undefined for any other error. */
function storageTrouble(error: unknown): string | undefined {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  // SQLite rolls back on its own when it can't write, and our own rollback then hides the original error.
  if (message === 'cannot rollback - no transaction is active') return MESSAGES['SQLITE_FULL'];
  return Object.entries(MESSAGES).find(([prefix]) => code.startsWith(prefix))?.[1];
}

/** Wraps a service so that storage errors become `unavailable`. Leaves streams as they are. */
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
  const message = storageTrouble(error);
  throw message ? new ShopyardError('unavailable', message) : error;
}

/**
 * Returns a check that says in one sentence why the database can't be written; empty if it can. The check writes at
 * most once per `CHECK_MS`, so that callers of `/readyz` can't load the disk.
 */
export function createDatabaseCheck(
  storage: Pick<Storage, 'assertWritable'>,
  now: () => Date,
): () => Promise<string[]> {
  let checkedAt = -Infinity;
  let result: Promise<string[]> = Promise.resolve([]);
  return () => {
    const at = now();
    if (at.getTime() - checkedAt >= CHECK_MS) {
      checkedAt = at.getTime();
      result = databaseTrouble(storage, at);
    }
    return result;
  };
}

async function databaseTrouble(storage: Pick<Storage, 'assertWritable'>, at: Date): Promise<string[]> {
  try {
    await storage.assertWritable(at);
    return [];
  } catch (error) {
    return [storageTrouble(error) ?? "the database can't be written"];
  }
}
