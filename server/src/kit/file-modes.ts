/** What lies in folders that hold secrets or code is closed to the machine's other users. */
import { chmodSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config-error.ts';

/** Everything for group and others; or only what lets them change something. */
const ANY_ACCESS = 0o077;
const WRITING = 0o022;
const ROOT = 0;

/**
 * Closes the data directory: 0700, and nothing in it is open to others. Throws a ConfigError for a folder that somebody
 * else owns. `inPod`: the volume belongs to whom the storage says, and nobody else is there to be kept out.
 */
export function closeDataDir(dataDir: string, inPod: boolean): void {
  const { uid, mode } = statSync(dataDir);
  const isOurs = uid === (process.getuid?.() ?? uid);
  // Mounted by root for a group of ours, as container engines do it.
  const isMount = uid === ROOT && (mode & 0o007) === 0;
  if (!isOurs && !isMount && !inPod)
    throw new ConfigError(
      uid === ROOT
        ? `${dataDir} belongs to root and is open to other users: set SHOPYARD_DATA_DIR to a folder of your own`
        : `${dataDir} belongs to another user (uid ${uid}): set SHOPYARD_DATA_DIR to a folder of your own`,
    );
  // Nobody got past a folder that was closed: the many files of stores need no look then.
  const wasOpen = (mode & ANY_ACCESS) !== 0;
  if (isOurs) chmodSync(dataDir, 0o700);
  closeContent(dataDir, { access: ANY_ACCESS, enter: (name) => wasOpen || name !== 'volumes' });
}

/**
 * The folder of code that all stores run: others may read it, not write. Throws a ConfigError where that can't be had.
 * A folder that is not there yet is fine.
 */
export function closeCache(cache: string): void {
  const found = statSync(cache, { throwIfNoEntry: false });
  if (!found) return;
  const { uid, mode } = found;
  const isOurs = uid === (process.getuid?.() ?? uid);
  const isWritable = (mode & WRITING) !== 0;
  if (!isOurs && (uid !== ROOT || isWritable))
    throw new ConfigError(
      `${cache} can be changed by another user (uid ${uid}), and stores run code from there: set XDG_CACHE_HOME to a folder of your own`,
    );
  if (!isOurs || !isWritable) return;
  chmodSync(cache, mode & ~WRITING & 0o7777);
  closeContent(cache, { access: WRITING, enter: () => true });
}

/** Links are left as they are: what they lead to may be anybody's. */
function closeContent(folder: string, how: { access: number; enter: (name: string) => boolean }): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (!found || found.isSymbolicLink()) continue;
    if ((found.mode & how.access) !== 0) close(path, found.mode & ~how.access & 0o7777);
    if (found.isDirectory() && how.enter(name)) closeContent(path, { ...how, enter: () => true });
  }
}

function close(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Gone meanwhile, or another user's inside our folder, which is closed by now.
    if (code !== 'ENOENT' && code !== 'EPERM') throw error;
  }
}
