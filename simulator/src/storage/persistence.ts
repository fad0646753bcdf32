/** Persists every change of an ObjectStore to SQLite, and restores it at the next start. */
import Database from 'better-sqlite3';
import type { KubeObject, ObjectRef, Plural } from '../objects.ts';
import { ObjectStore } from './object-store.ts';

/** Versions skipped on a restart: a watch may have seen some before they were written. */
const VERSION_GAP = 1000;

interface Row {
  plural: Plural;
  namespace: string;
  name: string;
  json: string;
}

export interface Persistence {
  /** Resolves when every change made so far is in the database. */
  committed(): Promise<void>;
  close(): void;
}

/** Opens (or creates) the database and returns a store filled from it. `:memory:` keeps nothing. */
export function openPersistentStore(file: string): { store: ObjectStore; persistence: Persistence } {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.exec(`CREATE TABLE IF NOT EXISTS objects (
    plural TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (plural, namespace, name)) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS latest (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL) STRICT`);

  const last = db.prepare<[], { version: number }>('SELECT version FROM latest').get();
  const store = new ObjectStore((last?.version ?? 0) + VERSION_GAP);
  for (const row of db.prepare<[], Row>('SELECT plural, namespace, name, json FROM objects').iterate()) {
    // We wrote the row.
    store.restore(row, JSON.parse(row.json) as KubeObject);
  }
  return { store, persistence: startWriter(db, store) };
}

function startWriter(db: Database.Database, store: ObjectStore): Persistence {
  const upsert = db.prepare('INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?)');
  const remove = db.prepare('DELETE FROM objects WHERE plural = ? AND namespace = ? AND name = ?');
  const remember = db.prepare('INSERT OR REPLACE INTO latest VALUES (1, ?)');
  const dirty = new Map<string, ObjectRef>();
  let pending: Promise<void> | undefined;

  const write = db.transaction(() => {
    for (const { plural, namespace, name } of dirty.values()) {
      const object = store.get(plural, namespace, name);
      if (object) upsert.run(plural, namespace, name, Number(object.metadata.resourceVersion), store.jsonOf(object));
      else remove.run(plural, namespace, name);
    }
    dirty.clear();
    remember.run(store.version);
  });

  // One transaction per turn of the event loop, however many objects changed.
  const unsubscribe = store.subscribe(({ plural, object }) => {
    const ref = { plural, namespace: object.metadata.namespace ?? '', name: object.metadata.name };
    dirty.set(`${ref.plural}/${ref.namespace}/${ref.name}`, ref);
    pending ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        pending = undefined;
        try {
          if (db.open) write();
          resolve();
        } catch (error) {
          reject(error);
        }
      });
    });
    pending.catch(() => undefined);
  });

  return {
    committed: () => pending ?? Promise.resolve(),
    close() {
      unsubscribe();
      write();
      db.close();
    },
  };
}
