/** WordPress and WooCommerce, unpacked once for all stores. Stores only read it. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import type { Spec } from './spec.ts';

export interface Code {
  wordpress: string;
  woocommerce: string;
  /** The SQLite driver. */
  sqlite: string;
}

/** Throws an Error that names the file that is missing or no zip. */
export function unpackCode({ cache, zips }: Pick<Spec, 'cache' | 'zips'>): Code {
  // The package exports code alone; the driver lies beside it.
  const driver = fileURLToPath(new URL('sqlite-database-integration.zip', import.meta.resolve('@wp-playground/cli')));
  return {
    wordpress: unpack(zips.wordpress, cache),
    woocommerce: unpack(zips.woocommerce, cache),
    sqlite: unpack(driver, cache),
  };
}

/** The folder that the zip holds, unpacked under a name that changes with the zip. */
function unpack(zip: string, cache: string): string {
  if (!existsSync(zip)) throw new Error(`${zip} is missing`);
  const { size, mtimeMs } = statSync(zip);
  const target = join(
    cache,
    `${zip
      .split('/')
      .at(-1)
      ?.replace(/\.zip$/, '')}-${size}-${Math.round(mtimeMs)}`,
  );
  if (!existsSync(target)) {
    // Unpacked beside and renamed: a kill leaves no half of it, and of two at once one wins.
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
