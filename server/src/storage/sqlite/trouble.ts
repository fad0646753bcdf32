/** Reads SQLite's errors. */
import type { StorageTrouble } from '../storage.ts';

/** By the beginning of the code. */
const TROUBLES: Readonly<Record<string, StorageTrouble>> = {
  SQLITE_FULL: 'full',
  SQLITE_IOERR: 'failing',
  SQLITE_READONLY: 'read-only',
};

export function troubleOf(error: unknown): StorageTrouble | undefined {
  if (!(error instanceof Error)) return undefined;
  // SQLite rolls back on its own when it can't write, and our own rollback then hides the original error.
  if (error.message === 'cannot rollback - no transaction is active') return 'full';
  const code = 'code' in error ? String(error.code) : '';
  return Object.entries(TROUBLES).find(([prefix]) => code.startsWith(prefix))?.[1];
}
