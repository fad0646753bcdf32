/** Bundles the server's programs if their sources changed. */
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { hashOf, once, ROOT, say, SetupError } from './shared.mjs';

const SOURCES = [
  'contracts/src',
  'engines/src',
  'server/src',
  'server/test/support',
  'simulator/src',
  'patches',
  'pnpm-lock.yaml',
  'scripts/bootstrap/bundle.config.mjs',
];
const CONFIG = join(ROOT, 'scripts/bootstrap/bundle.config.mjs');
const FOLDERS = { production: join(ROOT, 'server/dist'), test: join(ROOT, 'server/test/dist') };

/** Returns the environment by which the testkit finds them. */
export async function ensureServer(env) {
  return bundle('production', env);
}

/**
 * Global setup of vitest: its servers are bundles, as they are for users, with the tests' own entry points. Unit tests alone
 * don't wait for that.
 */
export default async function setup(project) {
  const { testFiles } = await project.globTestFiles(project.vitest.filenamePattern);
  if (!testFiles.some((file) => /\/(server\/test|client\/e2e)\//.test(file))) return;
  const env = { ...process.env, PATH: join(ROOT, 'node_modules/.bin') + delimiter + process.env.PATH };
  Object.assign(process.env, await bundle('test', env));
}

async function bundle(mode, env) {
  const folder = FOLDERS[mode];
  // The bundler empties the folder first.
  await once(join(folder, 'made-from'), hashOf(SOURCES), () => {
    say('bundling the server');
    const vite = join(ROOT, 'client/node_modules/.bin/vite');
    const args = ['build', '--config', CONFIG, '--mode', mode];
    const result = spawnSync(vite, [...args, '--logLevel', 'warn'], { cwd: ROOT, env, encoding: 'utf8' });
    if (result.status !== 0) throw new SetupError(`the server could not be bundled:\n${result.stdout}${result.stderr}`);
  });
  return { SHOPYARD_PROGRAMS: folder };
}
