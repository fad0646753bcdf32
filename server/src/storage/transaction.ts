/**
 * Changing what the database keeps. A transaction hands out no SQL: it is what the repositories' functions want, and those
 * that change a store also want the history entry that says who asked. So the two are written together or not at all.
 */
import type { Kysely } from 'kysely';
import type { Database, Reader } from './database.ts';
import type { Tables } from './tables.ts';

declare const begun: unique symbol;
/** An open transaction; only `transact` makes one. */
export type Transaction = Reader & { readonly [begun]: true };

/** Commits what `run` writes when it resolves, and rolls it back when it rejects. Never await helm or Kubernetes in it. */
export function transact<T>(db: Database, run: (transaction: Transaction) => Promise<T>): Promise<T> {
  return sqlOf(db)
    .transaction()
    .execute((transaction) => run(transaction as Reader as Transaction));
}

/** Everything that the database can do; the linter keeps it inside this folder. */
export function sqlOf(db: Reader): Kysely<Tables> {
  return db as Kysely<Tables>;
}
