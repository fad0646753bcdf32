/**
 * 2 DESIRED STATE. Calls write what should be; the reconciler reads it and writes what is.
 * SQLite with one writer: this process. Never await helm or Kubernetes inside a transaction: there is one
 * connection, and every other query waits for it.
 */
import SQLite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import * as stores from './migrations/0001-stores.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

const MIGRATIONS: Record<string, Migration> = { '0001-stores': stores };

/** Opens the database, creating and migrating it as needed; `:memory:` keeps nothing. */
export async function openDatabase(file: string): Promise<Database> {
  const sqlite = new SQLite(file);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = NORMAL');
  sqlite.pragma('foreign_keys = ON');
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) });
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(atomic(MIGRATIONS)) },
  }).migrateToLatest();
  if (error) {
    await db.destroy();
    throw error instanceof Error ? error : new Error('the database could not be migrated');
  }
  return db;
}

/** Kysely doesn't wrap SQLite migrations in a transaction; half of one would be there for ever. */
function atomic(migrations: Record<string, Migration>): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(migrations).map(([name, migration]) => [
      name,
      { up: (db: Kysely<unknown>) => db.transaction().execute((transaction) => migration.up(transaction)) },
    ]),
  );
}
