/** What a server needs to run embedded stores for real, and whether it is there. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'shopyard');
const [WORDPRESS, WOOCOMMERCE] = ['wordpress-7.1.zip', 'woocommerce-11.0.1.zip'].map((name) => join(CACHE, name)) as [
  string,
  string,
];

/** The first file that is missing; undefined where stores can be run. */
export const MISSING = [WORDPRESS, WOOCOMMERCE].find((zip) => !existsSync(zip));
/** For a store to become Ready on a busy machine. */
export const PATIENCE_MS = 180_000;

/** Environment of a server. `cache`: of its own, so that the first store is made without a template. */
export function realStoresEnv(cache: string): Record<string, string> {
  return {
    SHOPYARD_EMBEDDED_STORES: 'real',
    SHOPYARD_SIMULATOR_SPEED: '0.2',
    XDG_CACHE_HOME: cache,
    SHOPYARD_WORDPRESS_ZIP: WORDPRESS,
    SHOPYARD_WOOCOMMERCE_ZIP: WOOCOMMERCE,
  };
}
