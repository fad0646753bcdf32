/** Reads files that a store's PHP writes, and may therefore replace with anything the file system offers. */
import { constants } from 'node:fs';
import { lstat, open, opendir } from 'node:fs/promises';

/** Neither follows links nor waits for a FIFO's writer. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
/** A store can fill a folder faster than we can list it. */
const MAX_ENTRIES = 10_000;

/** Text of a regular file of at most `maxBytes` with no other hard link; undefined for anything else. Never throws. */
export async function readStoreFile(path: string, maxBytes: number): Promise<string | undefined> {
  const file = await open(path, FLAGS).catch(() => undefined);
  try {
    const stats = await file?.stat();
    if (!file || !stats?.isFile() || stats.nlink !== 1 || stats.size > maxBytes) return undefined;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(stats.size), 0, stats.size, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return undefined;
  } finally {
    await file?.close().catch(() => undefined);
  }
}

/** Matching names among a folder's first 10,000 entries; empty for a link or a non-folder. Never throws. */
export async function listStoreFolder(path: string, pattern: RegExp): Promise<string[]> {
  const names: string[] = [];
  try {
    if (!(await lstat(path)).isDirectory()) return names;
    let seen = 0;
    for await (const { name } of await opendir(path)) {
      if (pattern.test(name)) names.push(name);
      if ((seen += 1) >= MAX_ENTRIES) break;
    }
  } catch {
    // Deleted meanwhile.
  }
  return names;
}
