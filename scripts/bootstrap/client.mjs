/** Builds the dashboard if its sources changed. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { hashOf, once, ROOT, say, SetupError } from './shared.mjs';

const SOURCES = [
  'client/src',
  'client/index.html',
  'client/vite.config.ts',
  'client/package.json',
  'contracts',
  'sdk',
  'pnpm-lock.yaml',
];

export async function ensureClient(env) {
  await once('client', hashOf(SOURCES), () => {
    say('building the dashboard');
    const vite = join(ROOT, 'client/node_modules/.bin/vite');
    const result = spawnSync(vite, ['build', '--logLevel', 'warn'], {
      cwd: join(ROOT, 'client'),
      env,
      encoding: 'utf8',
    });
    if (result.status !== 0)
      throw new SetupError(`the dashboard could not be built:\n${result.stdout}${result.stderr}`);
  });
  return {};
}
