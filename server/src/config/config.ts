/** The only reader of the environment. */
import { existsSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { StoreRole } from '../cluster/store-role.ts';
import type { EmbeddedStores } from '../embedded/embedded-cluster.ts';
import { type Listening, listenVariables, toListening } from './listen-config.ts';

/** Root of the repository, which holds the charts and the built client. */
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

const budget = z.coerce.number('must be seconds').min(1, 'must be at least 1 second');

const environmentSchema = z.object({
  ...listenVariables,
  SHOPYARD_DATA_DIR: z.string().default('data'),
  SHOPYARD_CLUSTER: z
    .enum(['embedded', 'kubeconfig', 'in-cluster'], 'must be embedded, kubeconfig or in-cluster')
    .default('embedded'),
  SHOPYARD_CONTEXT: z.string().optional(),
  SHOPYARD_ADOPT: z
    .string()
    .regex(/^(in_[0-9a-f]{16}|unknown)$/, 'must be an installation id such as in_7f3a…, or unknown')
    .optional(),
  SHOPYARD_STORE_VALUES: z.string().optional(),
  SHOPYARD_STORE_DOMAIN: z
    .string()
    .regex(
      /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
      'must be a domain such as shops.example.com',
    )
    .max(200, 'must have at most 200 characters')
    .optional(),
  SHOPYARD_STORE_ROLE: z.string().optional(),
  SHOPYARD_SERVICE_ACCOUNT: z
    .string()
    .regex(/^[a-z0-9-]+\/[a-z0-9.-]+$/, 'must be NAMESPACE/NAME')
    .optional(),
  SHOPYARD_MAX_PARALLEL: z.coerce
    .number('must be a number')
    .int()
    .min(1, 'must be at least 1')
    .max(64, 'must be at most 64')
    .default(Math.max(4, availableParallelism() * 2)),
  SHOPYARD_STEP_SECONDS: z.preprocess(
    (text) => parseBudgets(typeof text === 'string' ? text : ''),
    z.strictObject(
      {
        release: budget.default(120),
        database: budget.default(300),
        wordpress: budget.default(600),
        storefront: budget.default(120),
      },
      'must be seconds per step, such as database=300,wordpress=600; the steps are release, database, wordpress, storefront',
    ),
  ),
  SHOPYARD_WATCH_SILENCE_SECONDS: z.coerce.number('must be seconds').min(1).default(150),
  SHOPYARD_HELM: z.string().default('helm'),
  SHOPYARD_SIMULATOR_SPEED: z.coerce.number('must be a number').min(0).default(1),
  SHOPYARD_EMBEDDED_STORES: z
    .enum(['auto', 'simulated', 'wordpress'], 'must be auto, simulated or wordpress')
    .default('auto'),
  SHOPYARD_WORDPRESS_ZIP: z.string().optional(),
  SHOPYARD_WOOCOMMERCE_ZIP: z.string().optional(),
  SHOPYARD_STORE_IDLE_SECONDS: z.coerce.number('must be seconds').min(0).default(600),
  SHOPYARD_STORE_MEMORY_MIB: z.coerce.number('must be MiB').min(0).default(450),
  XDG_CACHE_HOME: z.string().default(join(homedir(), '.cache')),
  SHOPYARD_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  KUBECONFIG: z.string().optional(),
});

/** Parses `database=300,wordpress=600` into an object of strings. */
function parseBudgets(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(',')
      .filter(Boolean)
      .map((part) => part.split('=').map((word) => word.trim()) as [string, string]),
  );
}

export interface Config extends Listening {
  dataDir: string;
  cluster: { kind: 'embedded' | 'kubeconfig' | 'in-cluster'; kubeconfig?: string; context?: string; speed: number };
  /** The installation whose stores this one adopts at startup. */
  adopt?: string;
  /** How the embedded cluster runs real stores; absent when it simulates them. */
  embeddedStores?: EmbeddedStores;
  /** A watch that stays silent for this long counts as dead. */
  watchSilenceMs: number;
  store: { chart: string; valuesFile?: string; domain?: string };
  /** Role that Shopyard binds to its own account in each store's namespace; absent if the account may change all. */
  storeRole?: StoreRole;
  /** Maximum number of concurrent Helm operations. */
  maxParallel: number;
  /** Seconds allowed per step. `release` kills helm; the others only mark the store `StepOverdue`. */
  budgets: { release: number; database: number; wordpress: number; storefront: number };
  helm: string;
  /** Folder of the built dashboard. */
  clientDir: string;
  logLevel: string;
}

/** Thrown for an invalid variable. The message names the variable and says what it must be. */
export class ConfigError extends Error {}

/** Reads the configuration. Empty variables count as absent. Throws ConfigError. */
export function readConfig(env: NodeJS.ProcessEnv = process.env, cwd = process.cwd()): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('\n'));
  }
  const values = parsed.data;
  const at = (path: string): string => resolve(cwd, path);
  return {
    ...listening(values),
    dataDir: at(values.SHOPYARD_DATA_DIR),
    cluster: {
      kind: values.SHOPYARD_CLUSTER,
      speed: values.SHOPYARD_SIMULATOR_SPEED,
      ...(values.KUBECONFIG ? { kubeconfig: values.KUBECONFIG } : {}),
      ...(values.SHOPYARD_CONTEXT ? { context: values.SHOPYARD_CONTEXT } : {}),
    },
    ...(values.SHOPYARD_ADOPT ? { adopt: values.SHOPYARD_ADOPT } : {}),
    ...embeddedStores(values, at),
    store: {
      chart: join(ROOT, 'charts/store'),
      ...(values.SHOPYARD_STORE_VALUES ? { valuesFile: at(values.SHOPYARD_STORE_VALUES) } : {}),
      ...(values.SHOPYARD_STORE_DOMAIN ? { domain: values.SHOPYARD_STORE_DOMAIN } : {}),
    },
    ...storeRole(values),
    maxParallel: values.SHOPYARD_MAX_PARALLEL,
    budgets: values.SHOPYARD_STEP_SECONDS,
    watchSilenceMs: values.SHOPYARD_WATCH_SILENCE_SECONDS * 1000,
    helm: values.SHOPYARD_HELM,
    clientDir: join(ROOT, 'client/dist'),
    logLevel: values.SHOPYARD_LOG_LEVEL,
  };
}

function storeRole(values: z.infer<typeof environmentSchema>): { storeRole?: StoreRole } {
  const { SHOPYARD_STORE_ROLE: clusterRole, SHOPYARD_SERVICE_ACCOUNT: account } = values;
  if (!clusterRole && !account) return {};
  if (!clusterRole || !account)
    throw new ConfigError('SHOPYARD_STORE_ROLE and SHOPYARD_SERVICE_ACCOUNT are set together, or not at all');
  const [namespace = '', name = ''] = account.split('/');
  return { storeRole: { clusterRole, account: { namespace, name } } };
}

function listening(values: z.infer<typeof environmentSchema>): Listening {
  try {
    return toListening(values);
  } catch (error) {
    throw new ConfigError((error as Error).message);
  }
}

/**
 * `auto` runs real stores if the WordPress and WooCommerce archives are present. One store at a time starts on up to
 * four cores, two on more; the limits come from measurements.
 */
function embeddedStores(
  values: z.infer<typeof environmentSchema>,
  at: (path: string) => string,
): { embeddedStores?: EmbeddedStores } {
  const { SHOPYARD_EMBEDDED_STORES: wanted, SHOPYARD_CLUSTER: cluster } = values;
  const cache = join(values.XDG_CACHE_HOME, 'shopyard');
  const zips = {
    wordpress: at(values.SHOPYARD_WORDPRESS_ZIP ?? join(cache, 'wordpress-7.1.zip')),
    woocommerce: at(values.SHOPYARD_WOOCOMMERCE_ZIP ?? join(cache, 'woocommerce-11.0.1.zip')),
  };
  const missing = Object.values(zips).filter((zip) => !existsSync(zip));
  if (cluster !== 'embedded' || wanted === 'simulated' || (wanted === 'auto' && missing.length > 0)) return {};
  if (missing.length > 0)
    throw new ConfigError(`SHOPYARD_EMBEDDED_STORES=wordpress needs ${missing.join(' and ')}: no such file`);
  return {
    embeddedStores: {
      zips,
      cache: join(cache, 'unpacked'),
      startsAtOnce: availableParallelism() > 4 ? 2 : 1,
      idleMs: values.SHOPYARD_STORE_IDLE_SECONDS * 1000,
      memoryMiB: values.SHOPYARD_STORE_MEMORY_MIB,
    },
  };
}
