/**
 * `npm run verify-audit`: checks that the audit trail is as it was written: no entry changed, moved or taken away. Reads the
 * data directory, also of a server that runs.
 */
import { join } from 'node:path';
import { readConfig } from './config/config.ts';
import { verifyAudit } from './storage/sqlite/audit/audit.ts';
import { openForReading } from './storage/sqlite/database.ts';

try {
  const db = openForReading(join(readConfig().dataDir, 'shopyard.db'));
  const { entries, hash, fault } = await verifyAudit(db);
  await db.destroy();
  if (fault !== undefined) throw new Error(`the audit trail is not as it was written: ${fault}`);
  process.stdout.write(`The audit trail is whole. It has ${entries} entries; the hash of the last one is ${hash}\n`);
  process.stdout.write('Keep number and hash elsewhere: a trail that was cut at its end has fewer.\n');
} catch (error) {
  process.stderr.write(`shopyard: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
