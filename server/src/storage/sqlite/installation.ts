/**
 * The id of this installation of Shopyard, made at its first start. Both the database and a file beside it keep it, so
 * that a lost database doesn't make the stores a stranger's.
 */
import { newId } from '../../kit/new-id.ts';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataDirError } from '../../kit/data-lock.ts';
import type { Database } from './tables.ts';

const FORM = /^in_[0-9a-f]{16}$/;

/** `in_` and 16 hex digits. Where file and database differ, the database counts: its stores carry that id. Throws DataDirError. */
export async function resolveInstallation(db: Database, dataDir: string): Promise<string> {
  const file = join(dataDir, 'installation');
  const row = await db.selectFrom('installation').select('id').executeTakeFirst();
  const written = readId(file);
  const id = row?.id ?? written ?? newId('in');
  if (written !== id) writeId(file, id);
  if (!row) await db.insertInto('installation').values({ id, created_at: new Date().toISOString() }).execute();
  return id;
}

function readId(file: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  if (FORM.test(text)) return text;
  throw new DataDirError(
    `${file} holds no installation id: restore it, or remove it if this Shopyard has made no stores yet`,
  );
}

/** Whole or not at all. */
function writeId(file: string, id: string): void {
  writeFileSync(`${file}.new`, `${id}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
