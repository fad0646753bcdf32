/** Caches compiled better-sqlite3 statements: Kysely would recompile them for every query. */
import type SQLite from 'better-sqlite3';

/** More different ones than there are in the code would mean that values are written into their text. */
const MOST = 500;

export function withCachedStatements(sqlite: SQLite.Database): Pick<SQLite.Database, 'prepare' | 'close'> {
  const statements = new Map<string, SQLite.Statement>();
  const prepare = (text: string): SQLite.Statement => {
    const known = statements.get(text);
    // A statement that is being read from can't be run again meanwhile.
    if (known && !known.busy) return known;
    const made = sqlite.prepare(text);
    if (statements.size >= MOST) statements.clear();
    statements.set(text, made);
    return made;
  };
  // Kysely is the only caller, and passes no type arguments.
  return { prepare: prepare as SQLite.Database['prepare'], close: () => sqlite.close() };
}
