/** Stores and audit entries in a data directory's database, and the mismatches between them. */
import { join } from 'node:path';
import SQLite from 'better-sqlite3';

interface StoreLine {
  id: string;
  name: string;
  generation: number;
  desired: string;
  forced: number;
  created_by: string;
  revisions: number;
}

interface CallLine {
  store_id: string;
  actor: string;
  what: string;
}

export interface AuditTrail {
  stores: StoreLine[];
  /** Entries of kind `call`, oldest first. */
  calls: CallLine[];
  /** The same calls in the trail that can't be edited. */
  chained: { object: string; actor: string }[];
  keys: { caller: string; store_id: string }[];
  /** Ids of completely deleted stores. */
  gone: Set<string>;
}

/** Requires that the server using the directory has exited. */
export function readAuditTrail(dataDir: string): AuditTrail {
  const db = new SQLite(join(dataDir, 'shopyard.db'));
  try {
    const all = <Row>(sql: string): Row[] => db.prepare(sql).all() as Row[];
    const gone = all<{ store_id: string }>(
      "SELECT store_id FROM store_events WHERE kind = 'action' AND what = 'deleted'",
    );
    return {
      stores: all(
        `SELECT id, name, generation, desired, forced, created_by,
           (SELECT COUNT(*) FROM revisions WHERE store_id = id) AS revisions FROM stores`,
      ),
      calls: all("SELECT store_id, actor, what FROM store_events WHERE kind = 'call' ORDER BY seq"),
      chained: all("SELECT object, actor FROM audit WHERE object GLOB 'st_*' AND outcome = 'ok' ORDER BY seq"),
      keys: all('SELECT caller, store_id FROM idempotency_keys'),
      gone: new Set(gone.map(({ store_id: id }) => id)),
    };
  } finally {
    db.close();
  }
}

/** One line for each change without its entry, and each entry without its change. */
export function tornParts({ stores, calls, chained, keys, gone }: AuditTrail): string[] {
  const ids = new Set(stores.map(({ id }) => id));
  return [
    ...stores.flatMap((store) => tornStore(store, calls)),
    ...calls
      .filter(({ store_id: id }) => !ids.has(id) && !gone.has(id))
      .map(({ what }) => `${what} for an unknown store`),
    ...differences(calls, chained),
    ...keys.filter(({ store_id: id }) => !ids.has(id)).map(({ caller }) => `a key of ${caller} for an unknown store`),
  ];
}

function differences(calls: readonly CallLine[], chained: AuditTrail['chained']): string[] {
  const said = calls.map(({ store_id: id, actor }) => `${actor} at ${id}`);
  const kept = chained.map(({ object, actor }) => `${actor} at ${object}`);
  return said.join() === kept.join() ? [] : [`the history has ${said.join()}, the audit trail ${kept.join()}`];
}

function tornStore(store: StoreLine, calls: readonly CallLine[]): string[] {
  const own = calls.filter(({ store_id: id }) => id === store.id);
  const deletedAt = own.findIndex(({ what }) => what === 'delete');
  const count = (...names: string[]): number => own.filter(({ what }) => names.includes(what)).length;
  // Retrying a deletion doesn't change the spec.
  const retries = own.filter(({ what }, index) => what === 'retry' && (deletedAt < 0 || index < deletedAt)).length;
  const facts = [
    ['a creation', count('create', 'adopt') > 0, true],
    [
      'its creator',
      own.some(({ what, actor }) => what === 'create' && actor === store.created_by),
      count('adopt') === 0,
    ],
    [
      'a generation',
      count('adopt') > 0 ? store.generation : 1 + count('update', 'rollback') + retries,
      store.generation,
    ],
    ['its revisions', count('adopt') > 0 ? store.revisions : count('create', 'update', 'rollback'), store.revisions],
    ['a removal', count('delete') > 0, store.desired === 'absent'],
    ['a forced removal', count('force-remove') > 0, store.forced === 1],
  ] as const;
  return facts
    .filter(([, recorded, actual]) => recorded !== actual)
    .map(([what, recorded, actual]) => `${store.name}: ${what}: recorded ${recorded}, actual ${actual}`);
}
