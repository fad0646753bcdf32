/** Reports a full or failing disk as `unavailable` with the remedy, because it is not the caller's fault. */
import { ShopyardError } from '@shopyard/contracts';
import type { Storage, StorageTrouble } from '../storage/storage.ts';

const CHECK_MS = 5000;

const MESSAGES: Record<StorageTrouble, string> = {
  full: "the data directory's disk is full: free some space and try again; the stores keep running",
  failing: "the data directory's disk is failing: check the server machine; the stores keep running",
  'read-only': "the data directory can't be written: fix its permissions and try again",
};

type Troubles = Pick<Storage, 'troubleOf'>;

/** Sentence for an error of the storage; `undefined` for any other error. */
function explain(storage: Troubles, error: unknown): string | undefined {
  const trouble = storage.troubleOf(error);
  return trouble && MESSAGES[trouble];
}

/** Wraps a service so that storage errors become `unavailable`. Leaves streams as they are. */
export function withStorageErrors<Service extends object>(storage: Troubles, service: Service): Service {
  const rethrow = (error: unknown): never => {
    const message = explain(storage, error);
    throw message ? new ShopyardError('unavailable', message) : error;
  };
  const entries = Object.entries(service).map(([name, method]) => [
    name,
    (...args: unknown[]): unknown => {
      // A service consists of methods.
      const result = (method as (...given: unknown[]) => unknown)(...args);
      return result instanceof Promise ? result.catch(rethrow) : result;
    },
  ]);
  // The same names, and functions that take and return the same.
  return Object.fromEntries(entries) as Service;
}

/**
 * Returns a check that says in one sentence why the database can't be written; empty if it can. The check writes at
 * most once per `CHECK_MS`, so that callers of `/readyz` can't load the disk.
 */
export function createDatabaseCheck(
  storage: Pick<Storage, 'assertWritable' | 'troubleOf'>,
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

async function databaseTrouble(storage: Pick<Storage, 'assertWritable' | 'troubleOf'>, at: Date): Promise<string[]> {
  try {
    await storage.assertWritable(at);
    return [];
  } catch (error) {
    return [explain(storage, error) ?? "the database can't be written"];
  }
}
