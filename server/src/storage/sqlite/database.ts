/** Opens the file of the database: intact, migrated, with one connection. */
import { existsSync, renameSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { withCachedStatements } from './cached-statements.ts';
import * as stores from './migrations/0001-stores.ts';
import * as recovery from './migrations/0002-recovery.ts';
import * as reasons from './migrations/0003-reasons.ts';
import * as installation from './migrations/0004-installation.ts';
import * as idempotency from './migrations/0005-idempotency-by-caller.ts';
import * as sightings from './migrations/0006-sightings.ts';
import * as attention from './migrations/0007-attention.ts';
import * as applicationReady from './migrations/0008-application-ready.ts';
import * as clusterId from './migrations/0009-cluster-id.ts';
import * as profile from './migrations/0010-profile.ts';
import * as restarts from './migrations/0011-restarts.ts';
import * as eventNames from './migrations/0012-event-names.ts';
import * as revisions from './migrations/0013-revisions.ts';
import * as plans from './migrations/0014-plans.ts';
import * as versions from './migrations/0015-versions.ts';
import * as suspended from './migrations/0016-suspended.ts';
import * as operations from './migrations/0017-operations.ts';
import * as charts from './migrations/0018-charts.ts';
import * as sessions from './migrations/0019-sessions.ts';
import * as audit from './migrations/0021-audit.ts';
import * as teams from './migrations/0022-teams.ts';
import * as tokens from './migrations/0023-tokens.ts';
import * as users from './migrations/0020-users.ts';
import * as quotas from './migrations/0024-quotas.ts';
import * as serviceAccounts from './migrations/0025-service-accounts.ts';
import * as auditTokens from './migrations/0026-audit-tokens.ts';
import * as identities from './migrations/0027-identities.ts';
import type { Database, Tables } from './tables.ts';

const MIGRATIONS: Record<string, Migration> = {
  '0001-stores': stores,
  '0002-recovery': recovery,
  '0003-reasons': reasons,
  '0004-installation': installation,
  '0005-idempotency-by-caller': idempotency,
  '0006-sightings': sightings,
  '0007-attention': attention,
  '0008-application-ready': applicationReady,
  '0009-cluster-id': clusterId,
  '0010-profile': profile,
  '0011-restarts': restarts,
  '0012-event-names': eventNames,
  '0013-revisions': revisions,
  '0014-plans': plans,
  '0015-versions': versions,
  '0016-suspended': suspended,
  '0017-operations': operations,
  '0018-charts': charts,
  '0019-sessions': sessions,
  '0020-users': users,
  '0021-audit': audit,
  '0022-teams': teams,
  '0023-tokens': tokens,
  '0024-quotas': quotas,
  '0025-service-accounts': serviceAccounts,
  '0026-audit-tokens': auditTokens,
  '0027-identities': identities,
};

export interface OpenOptions {
  /** A damaged database was found and is kept as `aside`; an empty one takes its place. */
  onDamaged?: (why: string, aside: string) => void;
  /** Called right after each statement. */
  onStatement?: (sql: string) => void;
  /** Name of the last migration to make: the database is as the version of that time left it. */
  upTo?: string;
}

/** Opens the database, creating and migrating it as needed; `:memory:` keeps nothing. */
export async function openDatabase(file: string, options: OpenOptions = {}): Promise<Database> {
  const { onDamaged, onStatement, upTo } = options;
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: withCachedStatements(openSound(file, onDamaged)) }),
    log({ level, query }) {
      if (level === 'query') onStatement?.(query.sql);
    },
  });
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(atomic(MIGRATIONS)) } });
  const { error } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo));
  if (error) {
    await db.destroy();
    throw error instanceof Error ? error : new Error('the database could not be migrated');
  }
  return db;
}

/** Beside the server that writes it, which nothing here disturbs. Throws for a file that isn't there. */
export function openForReading(file: string): Database {
  const database = new SQLite(file, { readonly: true, fileMustExist: true });
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
}

/** The file itself, or an empty one after a damaged one was set aside. */
function openSound(file: string, onDamaged: OpenOptions['onDamaged']): SQLite.Database {
  try {
    return openChecked(file);
  } catch (error) {
    if (!isDamage(error)) throw error;
    const aside = `${file}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    for (const part of ['', '-wal', '-shm']) if (existsSync(file + part)) renameSync(file + part, aside + part);
    onDamaged?.(error.message, aside);
    return openChecked(file);
  }
}

function openChecked(file: string): SQLite.Database {
  const sqlite = new SQLite(file);
  try {
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = NORMAL');
    sqlite.pragma('foreign_keys = ON');
    const found = sqlite.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw Object.assign(new Error(String(found)), { code: 'SQLITE_CORRUPT' });
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

function isDamage(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
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
