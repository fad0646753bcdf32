/** A PHP runtime with a store's files where the official image has them. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FileLockManagerForPosix, loadNodeRuntime } from '@php-wasm/node';
import type { PHP } from '@php-wasm/universal';
import type { Code } from './code.ts';
import { type Access, guardedMount } from './guarded-mount.ts';
import type { Spec } from './spec.ts';

export const PHP_VERSION = '8.3';
export const ROOT = '/var/www/html';
const PLUGINS = '/var/www/mu-plugins';
export const INI = {
  memory_limit: '512M',
  'opcache.file_cache_only': '0',
  'opcache.file_cache': '',
  'opcache.memory_consumption': '128',
  'opcache.max_accelerated_files': '10000',
  display_errors: '0',
  log_errors: '1',
  expose_php: '0',
  // There are no programs: some of these would wait for one for ever.
  disable_functions: 'exec,mail,passthru,popen,proc_open,shell_exec,system',
};
const OWN = fileURLToPath(new URL('../php/', import.meta.url));
const locks = new FileLockManagerForPosix();
let runtimes = 0;

export function loadRuntime(env: Spec['env']): Promise<number> {
  const variables = { HOME: '/tmp', ...env, WORDPRESS_DB_ENGINE: 'sqlite' };
  return loadNodeRuntime(PHP_VERSION, {
    fileLockManager: locks,
    // One number for each runtime on the machine: locks on the database are kept by it.
    emscriptenOptions: { processId: process.pid * 100 + (runtimes++ % 100), ENV: variables },
  });
}

/** What a new volume needs before WordPress can be loaded; what is there is left. */
export function prepareVolume(volume: string, code: Code): void {
  const content = join(volume, 'wp-content');
  for (const folder of ['database', 'mail', 'wp-content/plugins/woocommerce', 'wp-content/themes'])
    mkdirSync(join(volume, folder), { recursive: true });
  const themes = join(code.wordpress, 'wordpress/wp-content/themes');
  for (const theme of readdirSync(themes)) {
    const target = join(content, 'themes', theme);
    if (!existsSync(target)) cpSync(join(themes, theme), target, { recursive: true });
  }
  // Of earlier versions; it is in memory now, see `mountCode`.
  rmSync(join(content, 'mu-plugins/shopyard.php'), { force: true });
  const dropIn = readFileSync(join(code.sqlite, 'plugin-sqlite-database-integration/db.copy'), 'utf8');
  const target = join(content, 'db.php');
  // Removed first: a store may have put a link there.
  rmSync(target, { force: true });
  writeFileSync(
    target,
    dropIn
      .replace('{SQLITE_IMPLEMENTATION_FOLDER_PATH}', '/var/www/sqlite')
      .replace('{SQLITE_PLUGIN}', 'sqlite-database-integration/load.php'),
    { flag: 'wx' },
  );
}

/** The result takes the folder away again. */
export function mountFolder(
  php: PHP,
  at: string,
  { from, access }: { from: string; access: Access },
): Promise<() => Promise<unknown>> {
  if (!php.fileExists(at)) php.mkdir(at);
  return php.mount(at, guardedMount(from, access));
}

/** Code that all stores share: no store may change what the others run. */
export function mountShared(php: PHP, at: string, from: string): Promise<() => Promise<unknown>> {
  return mountFolder(php, at, { from, access: 'read-only' });
}

/** What all stores have alike. */
export async function mountCode(php: PHP, code: Code): Promise<void> {
  await mountShared(php, ROOT, join(code.wordpress, 'wordpress'));
  await mountShared(php, '/var/www/sqlite', join(code.sqlite, 'plugin-sqlite-database-integration'));
  php.writeFile('/var/www/wp-config.php', readFileSync(join(OWN, 'wp-config.php')));
  // In this process's memory, where nothing on a volume takes their place; wp-config.php loads them.
  php.mkdir(PLUGINS);
  php.writeFile(`${PLUGINS}/shopyard.php`, readFileSync(join(OWN, 'shopyard.php')));
}

/** What is a store's own. */
export async function mountStore(php: PHP, { volume, env, plugins = {} }: Spec, code: Code): Promise<void> {
  const mountOwn = (at: string, folder: string): Promise<unknown> =>
    mountFolder(php, at, { from: join(volume, folder), access: 'writable' });
  await mountOwn(`${ROOT}/wp-content`, 'wp-content');
  await mountShared(php, `${ROOT}/wp-content/plugins/woocommerce`, join(code.woocommerce, 'woocommerce'));
  await mountOwn('/var/www/database', 'database');
  await mountOwn('/var/www/mail', 'mail');
  // In this process's memory alone: PHP may have been started before the environment was known.
  php.writeFile('/var/www/environment.json', JSON.stringify(env));
  for (const [name, text] of Object.entries(plugins)) php.writeFile(`${PLUGINS}/${name}`, text);
}
