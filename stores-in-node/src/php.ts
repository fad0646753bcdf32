/** A PHP runtime with a store's files at the paths of the official image. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadNodeRuntime } from '@php-wasm/node';
import { FileLockManagerInMemory, type PHP } from '@php-wasm/universal';
import type { Code } from './code.ts';
import { type Access, guardedMount } from './guarded-mount.ts';
import type { Spec } from './spec.ts';

export const PHP_VERSION = '8.3';
export const ROOT = '/var/www/html';
const PLUGINS = '/var/www/mu-plugins';
const OWN_PLUGINS = ['shopyard.php', 'loopback.php'];
export const INI = {
  memory_limit: '512M',
  'opcache.file_cache_only': '0',
  'opcache.file_cache': '',
  'opcache.memory_consumption': '128',
  'opcache.max_accelerated_files': '10000',
  display_errors: '0',
  log_errors: '1',
  expose_php: '0',
  // There are no programs to run: some of these functions would wait for one forever.
  disable_functions: 'exec,mail,passthru,popen,proc_open,shell_exec,system',
};
const OWN = fileURLToPath(new URL('../php/', import.meta.url));
export function loadRuntime(env: Spec['env']): Promise<number> {
  return runtimeLoader(env)();
}

/** For the one PHP of this process. Each call loads a replacement runtime and releases the locks that a crashed one may hold. */
export function runtimeLoader(env: Spec['env']): () => Promise<number> {
  const variables = { HOME: '/tmp', ...env, WORDPRESS_DB_ENGINE: 'sqlite' };
  /** Between these runtimes, for which the machine's own locks are one; php-wasm adds those. */
  const locks = new FileLockManagerInMemory();
  let runtimes = 0;
  let owner: number | undefined;
  return () => {
    if (owner !== undefined) locks.releaseLocksForProcess(owner);
    // A number unique among the machine's runtimes: database locks are keyed by it.
    owner = process.pid * 100 + (runtimes++ % 100);
    return loadNodeRuntime(PHP_VERSION, {
      fileLockManager: locks,
      emscriptenOptions: { processId: owner, ENV: variables },
    });
  };
}

/** The result unmounts the folder. */
export function mountFolder(
  php: PHP,
  at: string,
  { from, access }: { from: string; access: Access },
): Promise<() => Promise<unknown>> {
  if (!php.fileExists(at)) php.mkdir(at);
  return php.mount(at, guardedMount(from, access));
}

/** Code shared by all stores: no store may change what the others run. */
export function mountShared(php: PHP, at: string, from: string): Promise<() => Promise<unknown>> {
  return mountFolder(php, at, { from, access: 'read-only' });
}

/** Setup common to all stores. */
export async function mountCode(php: PHP, code: Code): Promise<void> {
  await mountShared(php, ROOT, join(code.wordpress, 'wordpress'));
  await mountShared(php, '/var/www/sqlite', join(code.sqlite, 'plugin-sqlite-database-integration'));
  php.writeFile('/var/www/wp-config.php', readFileSync(join(OWN, 'wp-config.php')));
  // Held in process memory, so nothing on a volume can replace them; wp-config.php loads them.
  php.mkdir(PLUGINS);
  for (const name of OWN_PLUGINS) php.writeFile(`${PLUGINS}/${name}`, readFileSync(join(OWN, name)));
}

/** Setup specific to one store. */
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
