/** Opens who is let in: the token beside the data, sessions, sign-in links. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Access, createAccess } from '../app/access/access.ts';
import type { Config } from '../config/config.ts';
import { newSecret } from '../kit/secret.ts';
import type { Foundation } from './foundation.ts';

/** Whoever may read the data directory owns the server, so programs of this machine may take their token from there. */
export function openAccess({ dataDir, auth }: Config, { data, process }: Pick<Foundation, 'data' | 'process'>): Access {
  const isLocal = auth.kind === 'none' || auth.kind === 'required';
  return createAccess({
    storage: data.storage,
    now: process.clock.now,
    isAsked: auth.kind === 'required',
    token: isLocal ? keepToken(join(dataDir, 'cli-token')) : undefined,
  });
}

/** `url`: where the browser opens the dashboard. The code is in the fragment, which reaches no log and no other site. */
export async function signInLink({ codes }: Access, url: string): Promise<string> {
  return `${url}/#/sign-in?code=${(await codes.issue()).code}`;
}

/** The token in the file, which is made with one if there is none. */
function keepToken(file: string): string {
  const kept = readToken(file);
  if (kept) return kept;
  const token = newSecret();
  // Whole or not at all.
  writeFileSync(`${file}.new`, `${token}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return token;
}

function readToken(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
