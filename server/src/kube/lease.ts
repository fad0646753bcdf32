/** The single Lease that claims a cluster for one Shopyard. Fixed namespace: two Leases would exclude nobody. */
import { isKind, unless } from './errors.ts';
import type { KubeClient } from './client.ts';
import type { KubeObject } from './objects.ts';

export const LEASE_NAMESPACE = 'shopyard';
export const LEASE_NAME = 'shopyard';

const COLLECTION = `/apis/coordination.k8s.io/v1/namespaces/${LEASE_NAMESPACE}/leases`;
const VERSION = 'shopyard.dev/version';
const URL_ = 'shopyard.dev/url';
const SINCE = 'shopyard.dev/since';
const DEFAULT_SECONDS = 30;

/** Content of a Lease. Times are epoch milliseconds. */
export interface LeaseContent {
  /** `undefined` if it was released. */
  holder: string | undefined;
  durationMs: number;
  renewedAt: number;
  /** Number of times the holder changed. */
  transitions: number;
  /** The holder's version, address and start, for people. */
  version: string | undefined;
  url: string | undefined;
  since: string | undefined;
}

export interface Lease extends LeaseContent {
  resourceVersion: string;
}

export interface LeaseApi {
  /** Returns `undefined` if there is none. */
  read(signal: AbortSignal): Promise<Lease | undefined>;
  /**
   * Replaces the Lease of that version; without one, creates it, and its namespace if that is missing. Throws
   * ClusterError: `conflict` when it has another version by now, `not-found` when it is gone.
   */
  write(content: LeaseContent, resourceVersion: string | undefined, signal: AbortSignal): Promise<Lease>;
}

interface RawLease extends KubeObject {
  spec?: {
    holderIdentity?: string | null;
    leaseDurationSeconds?: number | null;
    renewTime?: string | null;
    leaseTransitions?: number | null;
  };
}

/** `client` must not require the Lease for its own writes. */
export function createLeaseApi(client: KubeClient): LeaseApi {
  const create = async (content: LeaseContent, signal: AbortSignal): Promise<RawLease> => {
    const send = (): Promise<RawLease> =>
      client.json<RawLease>(COLLECTION, { method: 'POST', body: toRaw(content, undefined), signal });
    try {
      return await send();
    } catch (error) {
      if (!isKind(error, 'not-found')) throw error;
    }
    const body = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: LEASE_NAMESPACE, labels: { 'app.kubernetes.io/managed-by': 'shopyard' } },
    };
    await unless('conflict', client.json('/api/v1/namespaces', { method: 'POST', body, signal }));
    return send();
  };
  return {
    async read(signal) {
      const found = await unless('not-found', client.json<RawLease>(`${COLLECTION}/${LEASE_NAME}`, { signal }));
      return found && toLease(found);
    },
    async write(content, resourceVersion, signal) {
      if (resourceVersion === undefined) return toLease(await create(content, signal));
      const body = toRaw(content, resourceVersion);
      return toLease(await client.json<RawLease>(`${COLLECTION}/${LEASE_NAME}`, { method: 'PUT', body, signal }));
    },
  };
}

function toLease({ metadata, spec = {} }: RawLease): Lease {
  const { annotations = {} } = metadata;
  return {
    holder: spec.holderIdentity || undefined,
    durationMs: (spec.leaseDurationSeconds ?? DEFAULT_SECONDS) * 1000,
    renewedAt: Date.parse(spec.renewTime ?? '') || 0,
    transitions: spec.leaseTransitions ?? 0,
    version: annotations[VERSION],
    url: annotations[URL_],
    since: annotations[SINCE],
    resourceVersion: metadata.resourceVersion,
  };
}

function toRaw(content: LeaseContent, resourceVersion: string | undefined): object {
  const { holder, durationMs, renewedAt, transitions, version, url, since } = content;
  const said = Object.entries({ [VERSION]: version, [URL_]: url, [SINCE]: since }).filter(([, value]) => value);
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name: LEASE_NAME,
      namespace: LEASE_NAMESPACE,
      annotations: Object.fromEntries(said),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
    },
    spec: {
      ...(holder === undefined ? {} : { holderIdentity: holder }),
      leaseDurationSeconds: Math.max(1, Math.round(durationMs / 1000)),
      leaseTransitions: transitions,
      // The API server requires exactly six decimals.
      renewTime: new Date(renewedAt).toISOString().replace('Z', '000Z'),
    },
  };
}
