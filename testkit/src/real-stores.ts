/** The files that a server needs to run WordPress in Node, or Medusa, and whether they exist. */
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'shopyard');
const WORDPRESS = join(CACHE, 'wordpress-7.1.zip');
const WOOCOMMERCE = join(CACHE, 'woocommerce-11.0.1.zip');

/** Medusa's packages, as `npm run install-medusa` installs them. */
const MEDUSA = process.env['SHOPYARD_MEDUSA'] ?? join(CACHE, 'medusa/current');

/** Unpacked code, and templates of blank stores: kept with the packages, for the next run too. */
const SHARED = fileURLToPath(new URL('../../node_modules/.shopyard/test-stores', import.meta.url));
/** The code that stores of `copiedStoresEnv` run. */
export const SHARED_CODE = join(SHARED, 'cache/shopyard/unpacked');

/** The first missing file; undefined if stores can run. */
export const MISSING = [WORDPRESS, WOOCOMMERCE].find((zip) => !existsSync(zip));
/** The same for Medusa stores. */
export const MEDUSA_MISSING = existsSync(MEDUSA) ? undefined : MEDUSA;
/** Environment of a server whose Medusa stores are real. */
export const MEDUSA_ENV = {
  SHOPYARD_EMBEDDED_STORES: 'auto',
  SHOPYARD_SIMULATOR_SPEED: '0.2',
  SHOPYARD_MEDUSA: MEDUSA,
};
/** Time for a store to become Ready on a busy machine. */
export const PATIENCE_MS = 180_000;

/** Environment of a server with its own `cache`: it unpacks the code and creates its first store without a template. */
export function realStoresEnv(cache: string): Record<string, string> {
  return {
    SHOPYARD_EMBEDDED_STORES: 'real',
    SHOPYARD_SIMULATOR_SPEED: '0.2',
    XDG_CACHE_HOME: cache,
    SHOPYARD_WORDPRESS_ZIP: WORDPRESS,
    SHOPYARD_WOOCOMMERCE_ZIP: WOOCOMMERCE,
  };
}

/** Environment of a server on `dataDir`, which must be new. Its first store starts from a template, like any later one. */
export function copiedStoresEnv(dataDir: string): Record<string, string> {
  const templates = join(SHARED, 'templates');
  for (const dir of [templates, dataDir]) mkdirSync(dir, { recursive: true, mode: 0o700 });
  symlinkSync(templates, join(dataDir, 'templates'));
  return realStoresEnv(join(SHARED, 'cache'));
}
