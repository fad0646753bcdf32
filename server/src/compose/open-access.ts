/** Opens who is let in: accounts, sessions, the token beside the data, and links that let somebody in once. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Access, type AccessMode, createAccess } from '../app/access/access.ts';
import type { Config } from '../config/config.ts';
import { newSecret } from '../kit/secret.ts';
import type { Foundation } from './foundation.ts';

/** Whoever may read the data directory owns the server, so programs of this machine may take their token from there. */
export function openAccess(
  { dataDir, auth }: Config,
  isLocal: boolean,
  { data, process }: Pick<Foundation, 'data' | 'process'>,
): Promise<Access> {
  const mode = modeOf(auth.kind, isLocal);
  return createAccess({
    storage: data.storage,
    now: process.clock.now,
    mode,
    token: mode === 'open' || mode === 'required' ? keepToken(join(dataDir, 'cli-token')) : undefined,
  });
}

function modeOf(kind: Config['auth']['kind'], isLocal: boolean): AccessMode {
  if (kind === 'proxy') return 'proxy';
  if (kind === 'insecure') return 'insecure';
  if (!isLocal) return 'elsewhere';
  return kind === 'required' ? 'required' : 'open';
}

/**
 * A line with a link that lets a browser in once, if somebody needs one. `url`: where it opens the dashboard. The code is in
 * the fragment, which reaches no log and no other site. The one for set-up is also kept beside the data until the next start.
 */
export async function entryLink(
  people: Access,
  { dataDir, url }: { dataDir: string; url: string },
): Promise<string | undefined> {
  const file = join(dataDir, 'setup-token');
  rmSync(file, { force: true });
  const way = people.way();
  if (way === 'link') return `Sign in: ${url}/#/sign-in?code=${(await people.codes.issue('sign-in')).code}`;
  if (way !== 'set-up') return undefined;
  const { code } = await people.codes.issue('set-up');
  writeWhole(file, code);
  return `Set up the first account: ${url}/#/set-up?code=${code}`;
}

/** The token in the file, which is made with one if there is none. */
function keepToken(file: string): string {
  const kept = readToken(file);
  if (kept) return kept;
  const token = newSecret();
  writeWhole(file, token);
  return token;
}

/** Or not at all. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, `${text}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function readToken(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
