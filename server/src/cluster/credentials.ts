/** A store's credentials: generated once and kept only in the cluster. */
import { type Engine, type Engines, requireEngine } from '@shopyard/engines';
import { STORE_ID_LABEL } from '../domain/labels.ts';
import { randomText } from '../kit/random-text.ts';
import { type KubeClient, METADATA } from '../kube/client.ts';
import { unless } from '../kube/errors.ts';
import type { StoreSpec } from '../domain/store.ts';

export const CREDENTIALS_SECRET = 'store-credentials';
/** Field selector for the Secret: the account may list and watch Secrets under this name only. */
export const CREDENTIALS_FIELD = `metadata.name=${CREDENTIALS_SECRET}`;

export interface StoreCredentials {
  hasCredentials(namespace: string, signal: AbortSignal): Promise<boolean>;
  /** Creates the credentials if they are missing; never changes existing ones. */
  ensureCredentials(store: StoreSpec, signal: AbortSignal): Promise<void>;
  /** Contents of the store's Secret; `undefined` if there is none. */
  credentials(store: Pick<StoreSpec, 'namespace'>): Promise<Record<string, string> | undefined>;
}

interface StoreCredentialsOptions {
  client: KubeClient;
  engines: Engines;
}

export function createStoreCredentials({ client, engines }: StoreCredentialsOptions): StoreCredentials {
  const secretsOf = (namespace: string): string => `/api/v1/namespaces/${namespace}/secrets`;
  const pathOf = (namespace: string): string => `${secretsOf(namespace)}/${CREDENTIALS_SECRET}`;
  return {
    async hasCredentials(namespace, signal) {
      const request = client.json(pathOf(namespace), { accept: METADATA, signal });
      return (await unless('not-found', request)) !== undefined;
    },

    async ensureCredentials(store, signal) {
      const body = credentialsOf(store, requireEngine(engines, store));
      await unless('conflict', client.json(secretsOf(store.namespace), { method: 'POST', body, signal }));
    },

    async credentials({ namespace }) {
      const request = client.json<{ data?: Record<string, string> }>(pathOf(namespace));
      const secret = await unless('not-found', request);
      if (!secret) return undefined;
      const read = (value: string): string => Buffer.from(value, 'base64').toString('utf8');
      return Object.fromEntries(Object.entries(secret.data ?? {}).map(([key, value]) => [key, read(value)]));
    },
  };
}

/** Immutable, because the database keeps its initial password. */
export function credentialsOf({ id, name }: { id: string; name: string }, engine: Engine): object {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    immutable: true,
    metadata: {
      name: CREDENTIALS_SECRET,
      labels: { [STORE_ID_LABEL]: id, 'app.kubernetes.io/managed-by': 'shopyard' },
    },
    stringData: engine.credentials({ name }, randomText),
  };
}
