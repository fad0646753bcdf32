/**
 * `npm run reset-admin`: for whoever has lost the last administrator's password. Needs the data directory of a stopped server,
 * and prints a link with which the administrator chooses a new password.
 */
import { join } from 'node:path';
import { resetAdmin } from './app/access/reset-admin.ts';
import { readConfig } from './config/config.ts';
import { lockDataDir } from './kit/data-lock.ts';
import { openDatabase } from './storage/sqlite/database.ts';
import { createSqliteStorage } from './storage/sqlite/sqlite-storage.ts';

try {
  const { dataDir, port, publicUrl } = readConfig();
  const lock = lockDataDir(dataDir);
  const storage = createSqliteStorage(await openDatabase(join(dataDir, 'shopyard.db')), () => '');
  try {
    const { name, code } = await resetAdmin(storage.people, process.argv[2], new Date());
    process.stdout.write(`${name} is an administrator again. Start the server, and open this within a week:\n`);
    process.stdout.write(`${publicUrl?.origin ?? `http://localhost:${port}`}/#/invitation?code=${code}\n`);
  } finally {
    await storage.close();
    lock.release();
  }
} catch (error) {
  process.stderr.write(`shopyard: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
