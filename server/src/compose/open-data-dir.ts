/** Opens the data directory: locks it, cleans up after a killed server, and opens an intact database. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { crashPoint } from '../kit/crash-points.ts';
import { closeDataDir } from '../kit/file-modes.ts';
import { openProcessLedger, type ProcessLedger } from '../helm/process-ledger.ts';
import { lockDataDir, type ProcessIdentity } from '../kit/data-lock.ts';
import { openDatabase } from '../storage/sqlite/database.ts';
import { resolveInstallation } from '../storage/sqlite/installation.ts';
import { createSqliteStorage } from '../storage/sqlite/sqlite-storage.ts';
import type { Storage, UrlOf } from '../storage/storage.ts';

export interface DataDir {
  storage: Storage;
  /** Records the running helm processes. */
  ledger: ProcessLedger;
  /** Namespaces in which a killed server's helm was at work. */
  leftBehind: ReadonlySet<string>;
  /** The id of this installation. */
  installation: string;
  /** See DataLock. */
  predecessor: ProcessIdentity | undefined;
}

/** Registers everything it opens with `cleanup`. Throws DataDirError, and ConfigError for another user's directory. */
export async function openDataDir(
  { dataDir, cluster }: Pick<Config, 'dataDir' | 'cluster'>,
  { urlOf, log }: { urlOf: UrlOf; log: Logger },
  cleanup: AsyncDisposableStack,
): Promise<DataDir> {
  // The embedded cluster's database holds the stores' credentials. The mode has no effect on an existing folder.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  closeDataDir(dataDir, cluster.kind === 'in-cluster');
  const lock = lockDataDir(dataDir);
  cleanup.defer(() => lock.release());
  const ledger = openProcessLedger(join(dataDir, 'helm', 'running'));
  const { ended, namespaces: leftBehind } = await ledger.endLeftovers();
  if (ended > 0) log.warn(`ended ${ended} helm processes left over from a killed server`);
  const db = await openDatabase(join(dataDir, 'shopyard.db'), {
    onStatement: (sql) => crashPoint('statement-run', sql),
    onDamaged: (why, aside) => logDamage(log, why, aside),
  });
  const storage = createSqliteStorage(db, urlOf);
  cleanup.defer(() => storage.close());
  const installation = await resolveInstallation(db, dataDir);
  return { storage, ledger, leftBehind, installation, predecessor: lock.predecessor };
}

function logDamage(log: Logger, why: string, aside: string): void {
  log.error({ why }, `the database is damaged: kept it as ${aside}, and rebuilding the stores from the cluster`);
}
