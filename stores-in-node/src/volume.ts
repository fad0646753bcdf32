/** Prepares a store's volume before PHP runs. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Code } from './code.ts';

/** Creates what WordPress needs before it can load; keeps existing files. */
export function prepareVolume(volume: string, code: Code): void {
  const content = join(volume, 'wp-content');
  for (const folder of ['database', 'mail', 'wp-content/plugins/woocommerce', 'wp-content/themes'])
    mkdirSync(join(volume, folder), { recursive: true });
  const themes = join(code.wordpress, 'wordpress/wp-content/themes');
  for (const theme of readdirSync(themes)) {
    const target = join(content, 'themes', theme);
    if (!existsSync(target)) cpSync(join(themes, theme), target, { recursive: true });
  }
  // Left by earlier versions; it is in memory now, see `mountCode`.
  rmSync(join(content, 'mu-plugins/shopyard.php'), { force: true });
  const dropIn = readFileSync(join(code.sqlite, 'plugin-sqlite-database-integration/db.copy'), 'utf8');
  const target = join(content, 'db.php');
  // Deleted first: a store may have put a link there.
  rmSync(target, { force: true });
  writeFileSync(
    target,
    dropIn
      .replace('{SQLITE_IMPLEMENTATION_FOLDER_PATH}', '/var/www/sqlite')
      .replace('{SQLITE_PLUGIN}', 'sqlite-database-integration/load.php'),
    { flag: 'wx' },
  );
}
