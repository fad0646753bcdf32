/** What the embedded stores would have mailed: files of their volumes, which nobody can fetch over HTTP. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mail } from '@shopyard/contracts';

const LATEST = 50;

/** Newest first; none where stores are not run here. `claims`: uids of the store's volume claims. */
export async function readMails(dataDir: string, claims: readonly string[]): Promise<Mail[]> {
  const folders = claims.map((uid) => join(dataDir, 'volumes', `pvc-${uid}`, 'mail'));
  const files = await Promise.all(
    folders.map(async (folder) => (await readdir(folder).catch(() => [])).map((name) => join(folder, name))),
  );
  const newest = files.flat().toSorted().toReversed().slice(0, LATEST);
  return Promise.all(newest.map(async (file) => JSON.parse(await readFile(file, 'utf8')) as Mail));
}
