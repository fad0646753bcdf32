/** How the embedded cluster runs stores: for real, or simulated. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../kit/config-error.ts';
import type { Environment } from './environment.ts';

/** Requirements of the embedded cluster for running WordPress in Node. */
export interface EmbeddedStores {
  zips: { wordpress: string; woocommerce: string };
  cache: string;
  startsAtOnce: number;
  idleMs: number;
  memoryMiB: number;
}

/**
 * `auto` runs real stores if the WordPress and WooCommerce archives are present. One store at a time starts on up to
 * four cores, two on more; the limits come from measurements.
 */
export function embeddedStores(values: Environment, at: (path: string) => string): ReadonlyMap<string, EmbeddedStores> {
  const { SHOPYARD_EMBEDDED_STORES: wanted, SHOPYARD_CLUSTER: cluster } = values;
  const cache = join(values.XDG_CACHE_HOME, 'shopyard');
  const zips = {
    wordpress: at(values.SHOPYARD_WORDPRESS_ZIP ?? join(cache, 'wordpress-7.1.zip')),
    woocommerce: at(values.SHOPYARD_WOOCOMMERCE_ZIP ?? join(cache, 'woocommerce-11.0.1.zip')),
  };
  const missing = Object.values(zips).filter((zip) => !existsSync(zip));
  if (cluster !== 'embedded' || wanted === 'simulated' || (wanted === 'auto' && missing.length > 0)) return new Map();
  if (missing.length > 0)
    throw new ConfigError(`SHOPYARD_EMBEDDED_STORES=real needs ${missing.join(' and ')}: no such file`);
  const stores = {
    zips,
    cache: join(cache, 'unpacked'),
    startsAtOnce: availableParallelism() > 4 ? 2 : 1,
    idleMs: values.SHOPYARD_STORE_IDLE_SECONDS * 1000,
    memoryMiB: values.SHOPYARD_STORE_MEMORY_MIB,
  };
  return new Map([['woocommerce', stores]]);
}
