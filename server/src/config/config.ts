/** The only reader of the environment. */
import type { ChangeWindow } from '@shopyard/contracts';
import { messageOf } from '../kit/error-message.ts';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type EmbeddedStores, embeddedStores } from './embedded-stores.ts';
import { type Environment, environmentSchema } from './environment.ts';
import { ConfigError } from '../kit/config-error.ts';
import type { IdentityProviderConfig } from './identity-provider.ts';
import { type Listening, toListening } from './listen-config.ts';
import { acceptOldNames } from './old-names.ts';
import { sharedSite } from './same-site.ts';
import { signingIn } from './signing-in.ts';

/** Root of the repository, which holds the charts and the built client. */
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

export interface StoreRole {
  /** Name of the ClusterRole. */
  clusterRole: string;
  /** The service account that Shopyard runs as. */
  account: { namespace: string; name: string };
}

export interface Config extends Listening {
  dataDir: string;
  /** File with the code that creates the first account; absent for one that the server makes. */
  setUpCodeFile?: string;
  /** Who knows people besides this server. */
  identityProvider?: IdentityProviderConfig;
  /** Whether people may sign in with passwords of their own. */
  passwords: boolean;
  cluster: { kind: 'embedded' | 'kubeconfig' | 'in-cluster'; kubeconfig?: string; context?: string; speed: number };
  /** The installation whose stores this one adopts at startup. */
  adopt?: string;
  embeddedStores: EmbeddedStores;
  /** A watch that stays silent for this long counts as dead. */
  watchSilenceMs: number;
  /** Registrable domain that stores share with the dashboard, which the operator allowed. */
  sameSite?: string;
  store: { valuesFile?: string; rulesFile?: string; domain?: string };
  /** When working stores may be changed that have no window of their own; absent for any time. */
  changeWindow?: ChangeWindow;
  /** Role that Shopyard binds to its own account in each store's namespace; absent if the account may change all. */
  storeRole?: StoreRole;
  /** Maximum number of concurrent Helm operations. */
  maxParallel: number;
  /** Seconds allowed for helm, which is killed then, and for steps where they differ from the engine's. */
  budgets: { release: number; database?: number; application?: number; storefront?: number };
  helm: string;
  /** Folder of the built dashboard. */
  clientDir: string;
  logLevel: string;
  /** Sentences for the log about outdated settings that still work. */
  notices: string[];
}

/** Reads the configuration. Empty variables count as absent. Throws ConfigError. */
export function readConfig(env: NodeJS.ProcessEnv = process.env, cwd = process.cwd()): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { values: current, notices } = acceptOldNames(given);
  const parsed = environmentSchema.safeParse(current);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('\n'));
  }
  const values = parsed.data;
  const at = (path: string): string => resolve(cwd, path);
  const listens = listening(values);
  return {
    ...listens,
    ...sameSite(values, listens),
    dataDir: at(values.SHOPYARD_DATA_DIR),
    ...signingIn(values, at),
    cluster: {
      kind: values.SHOPYARD_CLUSTER,
      speed: values.SHOPYARD_SIMULATOR_SPEED,
      ...(values.KUBECONFIG ? { kubeconfig: values.KUBECONFIG } : {}),
      ...(values.SHOPYARD_CONTEXT ? { context: values.SHOPYARD_CONTEXT } : {}),
    },
    ...(values.SHOPYARD_ADOPT ? { adopt: values.SHOPYARD_ADOPT } : {}),
    embeddedStores: embeddedStores(values, { environment: current, cwd }),
    store: {
      ...(values.SHOPYARD_STORE_VALUES ? { valuesFile: at(values.SHOPYARD_STORE_VALUES) } : {}),
      ...(values.SHOPYARD_STORE_RULES ? { rulesFile: at(values.SHOPYARD_STORE_RULES) } : {}),
      ...(values.SHOPYARD_STORE_DOMAIN ? { domain: values.SHOPYARD_STORE_DOMAIN } : {}),
    },
    ...(values.SHOPYARD_CHANGE_WINDOW ? { changeWindow: values.SHOPYARD_CHANGE_WINDOW } : {}),
    ...storeRole(values),
    maxParallel: values.SHOPYARD_MAX_PARALLEL,
    budgets: values.SHOPYARD_STEP_SECONDS,
    watchSilenceMs: values.SHOPYARD_WATCH_SILENCE_SECONDS * 1000,
    helm: values.SHOPYARD_HELM,
    clientDir: join(ROOT, 'client/dist'),
    logLevel: values.SHOPYARD_LOG_LEVEL,
    notices,
  };
}

/** Throws ConfigError. */
function sameSite(
  { SHOPYARD_STORE_DOMAIN: domain, SHOPYARD_SAME_SITE_STORES: allowed }: Environment,
  { publicUrl }: Listening,
): { sameSite?: string } {
  const site = sharedSite(publicUrl, domain);
  if (site === undefined) return {};
  if (allowed === '1') return { sameSite: site };
  throw new ConfigError(
    `SHOPYARD_STORE_DOMAIN=${domain} and SHOPYARD_URL=${publicUrl?.origin} share ${site}, so any store's page could set cookies for ` +
      'the dashboard and send requests with its own: give the stores a registered domain of their own, or set ' +
      'SHOPYARD_SAME_SITE_STORES=1 if you trust whatever runs in all of them',
  );
}

function storeRole(values: Environment): { storeRole?: StoreRole } {
  const { SHOPYARD_STORE_ROLE: clusterRole, SHOPYARD_SERVICE_ACCOUNT: account } = values;
  if (!clusterRole && !account) return {};
  if (!clusterRole || !account)
    throw new ConfigError('SHOPYARD_STORE_ROLE and SHOPYARD_SERVICE_ACCOUNT are set together, or not at all');
  const [namespace = '', name = ''] = account.split('/');
  return { storeRole: { clusterRole, account: { namespace, name } } };
}

function listening(values: Environment): Listening {
  try {
    return toListening(values);
  } catch (error) {
    throw new ConfigError(messageOf(error));
  }
}
