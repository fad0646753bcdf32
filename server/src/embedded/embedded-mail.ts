/** Reads the mail that embedded stores captured, from files in their volumes that can't be fetched over HTTP. */
import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { type Mail, mailSchema } from '@shopyard/contracts';
import { listStoreFolder, readStoreFile } from './store-file.ts';

const LATEST = 50;
/** Files examined at most: a store may leave any number that are not mails. */
const TRIES = 200;
const MAX_FILE = 2 ** 20;
const MAX_TOTAL = 8 * MAX_FILE;
/** Unix time with microseconds, as stores-in-node/php/shopyard.php names the files. */
const NAME = /^\d{10}\.\d{6}\.json$/;

/**
 * Newest first, at most 50 mails and 8 MiB; empty if stores don't run here. `claims`: UIDs of the store's volume
 * claims. Skips files that are not valid mails.
 */
export async function readMails(dataDir: string, claims: readonly string[]): Promise<Mail[]> {
  const folders = claims.map((uid) => join(volumeOf(dataDir, uid), 'mail'));
  const files = await Promise.all(
    folders.map(async (folder) => (await listStoreFolder(folder, NAME)).map((name) => ({ folder, name }))),
  );
  const newest = files.flat().toSorted((one, other) => (one.name < other.name ? 1 : -1));
  const mails: Mail[] = [];
  let bytes = 0;
  for (const { folder, name } of newest.slice(0, TRIES)) {
    const text = (await readStoreFile(join(folder, name), MAX_FILE)) ?? '';
    const mail = parseMail(text);
    if (!mail) continue;
    bytes += text.length;
    if (mails.length >= LATEST || bytes > MAX_TOTAL) break;
    mails.push(mail);
  }
  return mails;
}

function volumeOf(dataDir: string, claim: string): string {
  return join(dataDir, 'volumes', `pvc-${claim}`);
}

/**
 * Calls `notify` when the mail may have changed, until the returned function is called. Watches the volume too, because
 * the first mail creates the folder. Does not wait for a volume that doesn't exist yet.
 */
export function watchMails(dataDir: string, claims: readonly string[], notify: () => void): () => void {
  const watchers = new Map<string, FSWatcher>();
  const follow = (path: string, onChange: () => void): void => {
    watchers.get(path)?.close();
    watchers.delete(path);
    try {
      const watcher = watch(path, { persistent: false }, onChange);
      watcher.on('error', () => watcher.close());
      watchers.set(path, watcher);
    } catch {
      // Not created yet, or deleted.
    }
  };
  for (const uid of claims) {
    const volume = volumeOf(dataDir, uid);
    const mail = join(volume, 'mail');
    follow(volume, () => {
      follow(mail, notify);
      notify();
    });
    follow(mail, notify);
  }
  return () => watchers.forEach((watcher) => watcher.close());
}

function parseMail(text: string): Mail | undefined {
  try {
    return mailSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
