/** Closes folders that hold secrets or code to the machine's other users. */
import { chmodSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config-error.ts';

/** Permission bits of group and others: all of them, and only the write bits. */
const ANY_ACCESS = 0o077;
const WRITING = 0o022;
const ROOT = 0;

/**
 * Sets the data directory to 0700 and closes its content to others. Throws ConfigError for a folder that somebody else
 * owns, except `inPod`: there the storage decides who owns the volume, and there are no other users to keep out.
 */
export function closeDataDir(dataDir: string, inPod: boolean): void {
  const { uid, mode } = statSync(dataDir);
  const isOurs = uid === (process.getuid?.() ?? uid);
  // Container engines mount volumes as root for one of our groups.
  const isMount = uid === ROOT && (mode & 0o007) === 0;
  if (!isOurs && !isMount && !inPod)
    throw new ConfigError(
      uid === ROOT
        ? `${dataDir} belongs to root and is open to other users: set SHOPYARD_DATA_DIR to a folder of your own`
        : `${dataDir} belongs to another user (uid ${uid}): set SHOPYARD_DATA_DIR to a folder of your own`,
    );
  // Nobody could enter a closed folder, so the stores' many files need no check then.
  const wasOpen = (mode & ANY_ACCESS) !== 0;
  if (isOurs) chmodSync(dataDir, 0o700);
  closeContent(dataDir, { access: ANY_ACCESS, enter: (name) => wasOpen || name !== 'volumes' });
}

/**
 * Makes the folder of code that all stores run read-only for others. Throws ConfigError if it can't. Accepts a folder
 * that doesn't exist yet.
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

/** Skips links: their targets may belong to anybody. */
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
    // Errors of other kinds have no code.
    const { code } = error as NodeJS.ErrnoException;
    // Deleted meanwhile, or another user's file inside our folder, which is closed by now.
    if (code !== 'ENOENT' && code !== 'EPERM') throw error;
  }
}
