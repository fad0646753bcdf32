/** The data directory: taken for this server alone, freed of what a killed one left, its database open and sound. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { closeDataDir } from './file-modes.ts';
import { openProcessLedger, type ProcessLedger } from './helm/process-ledger.ts';
import { lockDataDir } from './store-state/data-lock.ts';
import { type Database, openDatabase } from './store-state/database.ts';

export interface DataDir {
  db: Database;
  /** Of the helm processes that run. */
  ledger: ProcessLedger;
}

/**
 * What is opened is closed by `cleanup`. `inPod`: the directory is a volume of the cluster. Throws DataDirInUseError, and
 * a ConfigError for another user's directory.
 */
export async function openDataDir(
  { dataDir, inPod }: { dataDir: string; inPod: boolean },
  log: Logger,
  cleanup: AsyncDisposableStack,
): Promise<DataDir> {
  // The embedded cluster's database holds the stores' credentials. The mode does nothing for a folder that exists.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  closeDataDir(dataDir, inPod);
  cleanup.defer(lockDataDir(dataDir));
  const ledger = openProcessLedger(join(dataDir, 'helm', 'running'));
  const leftovers = await ledger.endLeftovers();
  if (leftovers > 0) log.warn(`ended ${leftovers} helm processes of a server that was killed`);
  const db = await openDatabase(join(dataDir, 'shopyard.db'), {
    onDamaged: (why, aside) =>
      log.error(
        { why },
        `the database is damaged: it is kept as ${aside}, and the stores are looked for in the cluster`,
      ),
  });
  cleanup.defer(() => db.destroy());
  return { db, ledger };
}
