/** Opens who is let in: accounts, sessions, the token beside the data, and links that let somebody in once. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Access, type AccessMode, createAccess } from '../app/access/access.ts';
import { createIdentityProvider } from '../app/access/identity-provider.ts';
import type { Config } from '../config/config.ts';
import { keepSecret, readGivenSecret, writeSecret } from '../kit/secret-file.ts';
import type { Foundation } from './foundation.ts';

/** Whoever may read the data directory owns the server, so programs of this machine may take their token from there. */
export function openAccess(
  { dataDir, auth, identityProvider, passwords }: Config,
  isLocal: boolean,
  { data, process }: Pick<Foundation, 'data' | 'process'>,
): Promise<Access> {
  const mode = modeOf(auth.kind, isLocal);
  return createAccess({
    storage: data.storage,
    now: process.clock.now,
    mode,
    passwords,
    provider: identityProvider && { client: createIdentityProvider(identityProvider), table: identityProvider.groups },
    token: mode === 'open' || mode === 'required' ? keepSecret(join(dataDir, 'cli-token')) : undefined,
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
  { dataDir, setUpCodeFile, url }: Pick<Config, 'dataDir' | 'setUpCodeFile'> & { url: string },
): Promise<string | undefined> {
  const file = join(dataDir, 'setup-token');
  rmSync(file, { force: true });
  const way = people.way();
  if (way === 'link') return `Sign in: ${url}/#/sign-in?code=${(await people.codes.issue('sign-in')).code}`;
  if (way !== 'set-up') return undefined;
  if (setUpCodeFile !== undefined) {
    await people.codes.keepGiven(readGivenSecret(setUpCodeFile, 'SHOPYARD_SET_UP_CODE_FILE'));
    // Whoever reads the log of a pod is not always whoever may read its Secrets.
    return `Set up the first account: ${url}/#/set-up?code=CODE, where CODE is the content of ${setUpCodeFile}`;
  }
  const { code } = await people.codes.issue('set-up');
  writeSecret(file, code);
  return `Set up the first account: ${url}/#/set-up?code=${code}`;
}
