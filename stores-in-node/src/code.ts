/** WordPress and WooCommerce, unpacked once for all stores. Stores only read them. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import type { Sources } from './spec.ts';

export interface Code {
  wordpress: string;
  woocommerce: string;
  /** The SQLite driver. */
  sqlite: string;
}

/** Throws an Error that names the file that is missing or not a zip. */
export function unpackCode(sources: Sources): Code {
  return codeBy(sources, unpack);
}

/** Undefined if any part is not unpacked yet. */
export function unpackedCode(sources: Sources): Code | undefined {
  const code = codeBy(sources, folderOf);
  return Object.values(code).every((folder: string) => existsSync(folder)) ? code : undefined;
}

function codeBy({ cache, zips }: Sources, folder: (zip: string, cache: string) => string): Code {
  // The package exports code only; the driver is in a file beside it.
  const driver = fileURLToPath(new URL('sqlite-database-integration.zip', import.meta.resolve('@wp-playground/cli')));
  return {
    wordpress: folder(zips.wordpress, cache),
    woocommerce: folder(zips.woocommerce, cache),
    sqlite: folder(driver, cache),
  };
}

/** Its name changes with the zip. */
function folderOf(zip: string, cache: string): string {
  if (!existsSync(zip)) throw new Error(`${zip} is missing`);
  const { size, mtimeMs } = statSync(zip);
  return join(cache, `${basename(zip, '.zip')}-${size}-${Math.round(mtimeMs)}`);
}

/** The folder inside the zip. */
function unpack(zip: string, cache: string): string {
  const target = folderOf(zip, cache);
  if (!existsSync(target)) {
    // Unpacked elsewhere and renamed: a kill leaves no partial copy, and of two concurrent runs one wins.
    const beside = `${target}.${process.pid}`;
    for (const [name, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
      if (name.endsWith('/') || name.split('/').includes('..')) continue;
      mkdirSync(dirname(join(beside, name)), { recursive: true });
      writeFileSync(join(beside, name), bytes);
    }
    try {
      renameSync(beside, target);
    } catch (error) {
      rmSync(beside, { recursive: true, force: true });
      if (!existsSync(target)) throw error;
    }
  }
  return target;
}
