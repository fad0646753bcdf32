/**
 * A store's volumes. Their original settings stay in the manifest, because StatefulSet claim templates and a claim's
 * class are immutable and volumes never shrink. Expansion is requested on the claims directly.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Component, Engine } from '@shopyard/engines';
import { ClusterError, unless } from '../kube/errors.ts';
import type { KubeClient } from '../kube/client.ts';
import { bytesOf } from '../kube/quantity.ts';
import type { KubeObject } from '../kube/objects.ts';

/** Requested size (such as `10Gi`), on the object that creates the volume. */
export const WANTED_ANNOTATION = 'shopyard.dev/wanted-storage';
/** A raised quota takes effect once its controller has seen it. */
const QUOTA_TRIES = 10;
const QUOTA_MS = 500;
const GIB = 1024 ** 3;

interface ClaimSpec {
  storageClassName?: string;
  resources?: { requests?: { storage?: string } };
}
type Claim = KubeObject & { spec?: ClaimSpec; metadata: { managedFields?: ManagedFields[] } };
interface ManagedFields {
  manager?: string;
  fieldsV1?: { 'f:spec'?: Record<string, unknown> };
}
type StatefulSet = KubeObject & { spec?: { volumeClaimTemplates?: { spec?: ClaimSpec }[] } };

interface Volume {
  size: string;
  className: string;
}

/**
 * The chart's value `volumes`: existing settings by section of the values, with empty strings for missing ones, and
 * `totalGi`, the total size in GiB.
 */
export type Volumes = Record<string, Volume | number>;

interface Where {
  engine: Engine;
  namespace: string;
  signal: AbortSignal;
}

/** Throws ClusterError. */
export async function readVolumes(client: KubeClient, where: Where): Promise<Volumes> {
  const { claims, made } = await read(client, where);
  const specs = claims.map(({ spec }) => spec);
  const total = specs.reduce((sum, spec) => sum + bytesOf(spec?.resources?.requests?.storage), 0);
  const volumes = made.map(({ component, claim, statefulSet }): [string, Volume] => {
    const isTemplate = component.kind === 'StatefulSet';
    const spec = isTemplate ? statefulSet?.spec?.volumeClaimTemplates?.[0]?.spec : specOf(claim);
    return [component.valuesKey, volumeOf(spec)];
  });
  return { ...Object.fromEntries(volumes), totalGi: Math.ceil(total / GIB) };
}

/**
 * Expands volumes that are too small. Returns a clause per volume, such as `data-mariadb-0 grows from 2Gi to 10Gi`;
 * empty if all are large enough. Throws ClusterError.
 */
export async function growVolumes(client: KubeClient, where: Where): Promise<string[]> {
  const { claims, made } = await read(client, where);
  const said: string[] = [];
  for (const claim of claims) {
    const { name } = claim.metadata;
    const own = made.find(({ component }) => component.claim === name);
    const maker = own?.component.kind === 'StatefulSet' ? own.statefulSet : own?.claim;
    const wanted = maker?.metadata.annotations?.[WANTED_ANNOTATION];
    const size = claim.spec?.resources?.requests?.storage ?? '0';
    if (wanted === undefined || bytesOf(wanted) <= bytesOf(size)) continue;
    const why = await enlarge(client, { ...where, name, wanted });
    said.push(
      why === undefined ? `${name} grows from ${size} to ${wanted}` : `${name} stays at ${size}, not ${wanted}: ${why}`,
    );
  }
  return said;
}

/** The refusal as a clause; `undefined` if the request was accepted. */
async function enlarge(
  client: KubeClient,
  { namespace, signal, name, wanted }: Where & { name: string; wanted: string },
): Promise<string | undefined> {
  const path = `${claimsPath(namespace)}/${name}`;
  const body = { spec: { resources: { requests: { storage: wanted } } } };
  for (let tries = 1; ; tries++) {
    try {
      await client.json(path, { method: 'PATCH', body, signal });
      return undefined;
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error;
      const isQuota = error.message.includes('exceeded quota');
      if (!isQuota || tries === QUOTA_TRIES) return whyNotLarger(error.message);
      await sleep(QUOTA_MS, undefined, { signal });
    }
  }
}

/** As a clause. */
export function whyNotLarger(message: string): string {
  return message.includes('must support resize') ? "its storage class can't enlarge volumes" : message;
}

/** A component's claim, and the StatefulSet that creates it if one does. */
interface Made {
  component: Component;
  claim: Claim | undefined;
  statefulSet: StatefulSet | undefined;
}

async function read(
  client: KubeClient,
  { engine, namespace, signal }: Where,
): Promise<{ claims: Claim[]; made: Made[] }> {
  const kept = engine.components.filter(({ claim }) => claim !== undefined);
  const readSet = async ({ name, kind }: Component): Promise<StatefulSet | undefined> => {
    if (kind !== 'StatefulSet') return undefined;
    const path = `/apis/apps/v1/namespaces/${namespace}/statefulsets/${name}`;
    return unless('not-found', client.json<StatefulSet>(path, { signal }));
  };
  const [{ items }, ...sets] = await Promise.all([
    client.json<{ items: Claim[] | null }>(claimsPath(namespace), { signal }),
    ...kept.map(readSet),
  ]);
  const claims = items ?? [];
  const made = kept.map((component, at) => ({
    component,
    claim: claims.find(({ metadata }) => metadata.name === component.claim),
    statefulSet: sets[at],
  }));
  return { claims, made };
}

const claimsPath = (namespace: string): string => `/api/v1/namespaces/${namespace}/persistentvolumeclaims`;

/**
 * A claim's settings from the manifest. Omits a class that the cluster filled in: once a revision names it, rolling
 * back to an earlier one fails.
 */
function specOf(claim: Claim | undefined): ClaimSpec | undefined {
  const isNamed = claim?.metadata.managedFields?.some(
    ({ manager, fieldsV1 }) => manager === 'helm' && fieldsV1?.['f:spec']?.['f:storageClassName'],
  );
  return isNamed ? claim?.spec : { ...claim?.spec, storageClassName: '' };
}

/** Converts sizes that the chart's schema may not accept, such as `1e9`, to bytes. */
function volumeOf(spec: ClaimSpec | undefined): Volume {
  const size = spec?.resources?.requests?.storage ?? '';
  const isPlain = /^[0-9]*([KMGT]i?|k)?$/.test(size);
  return { size: isPlain ? size : String(Math.ceil(bytesOf(size))), className: spec?.storageClassName ?? '' };
}
