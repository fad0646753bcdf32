/** The data directory: taken for this server alone, freed of what a killed one left, its database open and sound. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { crashPoint } from '../kit/crash-points.ts';
import { closeDataDir } from '../kit/file-modes.ts';
import { openProcessLedger, type ProcessLedger } from '../helm/process-ledger.ts';
import { lockDataDir, type ProcessIdentity } from '../kit/data-lock.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import { resolveInstallation } from '../storage/installation.ts';

export interface DataDir {
  db: Database;
  /** Of the helm processes that run. */
  ledger: ProcessLedger;
  /** The id of this installation. */
  installation: string;
  /** See DataLock. */
  predecessor: ProcessIdentity | undefined;
}

export interface DataDirOptions {
  dataDir: string;
  /** The directory is a volume of the cluster. */
  inPod: boolean;
}

/** What is opened is closed by `cleanup`. Throws DataDirError, and a ConfigError for another user's directory. */
export async function openDataDir(
  { dataDir, inPod }: DataDirOptions,
  log: Logger,
  cleanup: AsyncDisposableStack,
): Promise<DataDir> {
  // The embedded cluster's database holds the stores' credentials. The mode does nothing for a folder that exists.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  closeDataDir(dataDir, inPod);
  const lock = lockDataDir(dataDir);
  cleanup.defer(() => lock.release());
  const ledger = openProcessLedger(join(dataDir, 'helm', 'running'));
  const leftovers = await ledger.endLeftovers();
  if (leftovers > 0) log.warn(`ended ${leftovers} helm processes of a server that was killed`);
  const db = await openDatabase(join(dataDir, 'shopyard.db'), {
    onStatement: (sql) => crashPoint('statement-run', sql),
    onDamaged: (why, aside) =>
      log.error(
        { why },
        `the database is damaged: it is kept as ${aside}, and the stores are looked for in the cluster`,
      ),
  });
  cleanup.defer(() => db.destroy());
  const installation = await resolveInstallation(db, dataDir);
  return { db, ledger, installation, predecessor: lock.predecessor };
}
