/** 4 CLUSTER: one way to the API server, with the client library's authentication and one shared connection pool. */
// Not the package's index: that loads a module for each kind of Kubernetes, 1400 of them, in 0.4 s and 50 MiB.
import { messageOf } from '../kit/error-message.ts';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { HttpMethod, RequestContext } from '@kubernetes/client-node/dist/gen/http/http.js';
import { type Dispatcher, fetch, type Response } from 'undici';
import { ClusterError, clusterErrorOf, unreachable } from './errors.ts';
import { readKubeconfig } from './kubeconfig.ts';

const REQUEST_TIMEOUT_MS = 30_000;
/** Limits rereads of the file if the server refuses every request. */
const RELOAD_MS = 1000;

/** Accept header for one object or a watch with metadata only. */
export const METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
/** The same for lists. */
export const METADATA_LIST = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

export interface KubeRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, string>;
  body?: unknown;
  /** The patch type of `body`; a merge patch if absent. */
  patch?: 'apply';
  accept?: string;
  signal?: AbortSignal;
}

export interface KubeClient {
  /** Returns the response's JSON. Throws ClusterError. */
  json<T>(path: string, request?: KubeRequest): Promise<T>;
  /** Returns the open response, for streams; only `signal` ends it. Throws ClusterError for any status but 200. */
  stream(path: string, request: KubeRequest & { signal: AbortSignal }): Promise<Response>;
}

export interface ClusterTarget {
  kind: 'kubeconfig' | 'in-cluster';
  kubeconfig?: string | undefined;
  context?: string | undefined;
}

function loadKubeConfig({ kind, kubeconfig, context }: ClusterTarget): KubeConfig {
  const config = new KubeConfig();
  try {
    const text = kind === 'in-cluster' ? undefined : readKubeconfig(kubeconfig);
    if (kind === 'in-cluster') config.loadFromCluster();
    else if (text !== undefined) config.loadFromString(text);
    else config.loadFromDefault();
    if (context) config.setCurrentContext(context);
  } catch (error) {
    throw new ClusterError('other', `the kubeconfig can't be read: ${messageOf(error)}`, { cause: error });
  }
  if (!config.getCurrentCluster()?.server) {
    throw new ClusterError(
      'other',
      'the kubeconfig names no cluster: set KUBECONFIG, or SHOPYARD_CONTEXT to one of its contexts',
    );
  }
  shareDispatchers(config);
  return config;
}

/** Shares one agent: with certificates the library creates a new agent, and new connections, per request. */
function shareDispatchers(config: KubeConfig): void {
  // A private method of the library, see the patch of it.
  const open = config as unknown as { createDispatcher: (...args: unknown[]) => Dispatcher | undefined };
  const create = open.createDispatcher.bind(config);
  const cache = new Map<string, Dispatcher | undefined>();
  open.createDispatcher = (...args) => {
    const key = JSON.stringify(args);
    if (!cache.has(key)) cache.set(key, create(...args));
    return cache.get(key);
  };
}

/** Renewable credentials: when a token or certificate expires, the file has a new one. */
export interface Credentials {
  readonly config: KubeConfig;
  /**
   * Re-reads the kubeconfig, at most once per `RELOAD_MS` unless it is known to have changed (`force`). True if it
   * changed, or names a plugin, which is then asked again; keeps the current one if it can't be read.
   */
  reload(force?: boolean): boolean;
}

/** Loads the credentials; throws ClusterError when there are none. */
export function loadCredentials(target: ClusterTarget, now: () => number = Date.now): Credentials {
  let config = loadKubeConfig(target);
  let readAt = now();
  return {
    get config() {
      return config;
    },
    reload(force = false) {
      if (!force && now() - readAt < RELOAD_MS) return false;
      readAt = now();
      try {
        const next = loadKubeConfig(target);
        // The file is unchanged: keep its connections.
        if (next.exportConfig() === config.exportConfig() && !next.getCurrentUser()?.exec) return false;
        config = next;
        return true;
      } catch {
        // The file is being written or is gone: the next refusal rereads it.
        return false;
      }
    },
  };
}

/** `beforeWrite` runs right before each non-GET request; its errors reach the caller. */
export function createKubeClient(credentials: Credentials, beforeWrite?: () => void): KubeClient {
  const send = async (path: string, request: KubeRequest, signal: AbortSignal): Promise<Response> => {
    const { config } = credentials;
    const url = new URL((config.getCurrentCluster()?.server ?? '').replace(/\/$/, '') + path);
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
    const context = new RequestContext(url.toString(), HttpMethod.GET);
    await config.applySecurityAuthentication(context).catch((error: unknown) => {
      throw unreachable(error);
    });
    if (request.method !== undefined && request.method !== 'GET') beforeWrite?.();
    try {
      const dispatcher = context.getDispatcher();
      return await fetch(url, {
        method: request.method ?? 'GET',
        headers: {
          ...context.getHeaders(),
          Accept: request.accept ?? 'application/json',
          ...(request.body === undefined ? {} : { 'Content-Type': contentTypeOf(request) }),
        },
        signal,
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        ...(dispatcher ? { dispatcher } : {}),
      });
    } catch (error) {
      throw unreachable(error);
    }
  };

  /** On 401, reloads the credentials and retries once. */
  const sendAgain = async (path: string, request: KubeRequest, signal: AbortSignal): Promise<Response> => {
    const response = await send(path, request, signal);
    if (response.status !== 401 || !credentials.reload()) return response;
    await response.body?.cancel();
    return send(path, request, signal);
  };

  return {
    async json<T>(path: string, request: KubeRequest = {}) {
      const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
      const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
      const response = await sendAgain(path, request, signal);
      const text = await response.text().catch((error: unknown) => {
        throw unreachable(error);
      });
      if (!response.ok) throw clusterErrorOf(response.status, text, response.headers.get('retry-after'));
      // The API server's answer; the caller knows its kind.
      return JSON.parse(text) as T;
    },
    async stream(path, request) {
      const response = await sendAgain(path, request, request.signal);
      if (response.status === 200) return response;
      const text = await response.text().catch(() => '');
      throw clusterErrorOf(response.status, text, response.headers.get('retry-after'));
    },
  };
}

function contentTypeOf({ method, patch }: KubeRequest): string {
  if (patch === 'apply') return 'application/apply-patch+yaml';
  return method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
}
