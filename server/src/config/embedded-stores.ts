/** How the embedded cluster runs stores: for real, or simulated. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../kit/config-error.ts';
import { type EngineNotice, INSTALLS_MEDUSA, whyNoMedusa } from './engine-notices.ts';
import type { Environment } from './environment.ts';

/** Requirements of the embedded cluster for running the stores of one engine in Node. */
export interface EmbeddedStores {
  /** Archives of WordPress and its plugin. */
  zips?: { wordpress: string; woocommerce: string };
  /** Folder with Medusa, its packages and PostgreSQL. */
  application?: string;
  /** Folder that the application is installed into when the first store asks for it. */
  installs?: string;
  cache: string;
  startsAtOnce: number;
  idleMs: number;
  memoryMiB: number;
}

/** By engine. */
export interface EmbeddedEngines {
  /** All others are simulated. */
  real: ReadonlyMap<string, EmbeddedStores>;
  notices: ReadonlyMap<string, EngineNotice>;
}

/**
 * `auto` runs those stores for real whose code is present, such as the archives of WordPress and WooCommerce, or can be
 * installed by npm, as Medusa. One store of an engine at a time starts on up to four cores, two on more; the limits come from
 * measurements.
 */
export function embeddedStores(values: Environment, at: (path: string) => string): EmbeddedEngines {
  const { SHOPYARD_EMBEDDED_STORES: wanted, SHOPYARD_CLUSTER: cluster } = values;
  const cache = join(values.XDG_CACHE_HOME, 'shopyard');
  const zips = {
    wordpress: at(values.SHOPYARD_WORDPRESS_ZIP ?? join(cache, 'wordpress-7.1.zip')),
    woocommerce: at(values.SHOPYARD_WOOCOMMERCE_ZIP ?? join(cache, 'woocommerce-11.0.1.zip')),
  };
  const application = at(values.SHOPYARD_MEDUSA ?? join(cache, 'medusa/current'));
  const installs = values.SHOPYARD_MEDUSA === undefined ? join(cache, 'medusa') : undefined;
  if (cluster !== 'embedded' || wanted === 'simulated') return { real: new Map(), notices: new Map() };
  const missing = Object.values(zips).filter((zip) => !existsSync(zip));
  if (wanted === 'real' && missing.length > 0)
    throw new ConfigError(`SHOPYARD_EMBEDDED_STORES=real needs ${missing.join(' and ')}: no such file`);
  const limits = {
    cache: join(cache, 'unpacked'),
    startsAtOnce: availableParallelism() > 4 ? 2 : 1,
    idleMs: values.SHOPYARD_STORE_IDLE_SECONDS * 1000,
    memoryMiB: values.SHOPYARD_STORE_MEMORY_MIB,
  };
  const real = new Map<string, EmbeddedStores>();
  if (missing.length === 0) real.set('woocommerce', { zips, ...limits });
  const notice = noticeOfMedusa(application, installs === undefined ? undefined : values.PATH);
  if (!notice?.isUnavailable)
    real.set('medusa', { application, ...(installs === undefined ? {} : { installs }), ...limits });
  return { real, notices: new Map(notice ? [['medusa', notice]] : []) };
}

/** `path`: where npm is looked for; `undefined` if the application is the operator's. */
function noticeOfMedusa(application: string, path: string | undefined): EngineNotice | undefined {
  if (existsSync(application)) return undefined;
  if (path !== undefined) return whyNoMedusa(path) ?? INSTALLS_MEDUSA;
  return { text: `SHOPYARD_MEDUSA is ${application}, which does not exist: name another folder.`, isUnavailable: true };
}
