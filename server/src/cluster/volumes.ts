/**
 * A store's volumes. Their original settings stay in the manifest, because StatefulSet claim templates and a claim's
 * class are immutable and volumes never shrink. Expansion is requested on the claims directly.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterError } from '../kube/errors.ts';
import type { KubeClient } from '../kube/client.ts';
import { CLAIMS } from '../domain/own-objects.ts';
import { bytesOf } from '../kube/quantity.ts';
import type { KubeObject } from '../kube/reflector.ts';

/** Requested size (such as `10Gi`), on the object that creates the volume. */
const WANTED_ANNOTATION = 'shopyard.dev/wanted-storage';
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

/** The chart's value `volumes`: existing settings, with empty strings for missing ones. */
export interface Volumes extends Record<'wordpress' | 'mariadb', Volume> {
  /** Total size in GiB. */
  totalGi: number;
}

interface Where {
  namespace: string;
  signal: AbortSignal;
}

/** Throws ClusterError. */
export async function readVolumes(client: KubeClient, where: Where): Promise<Volumes> {
  const { claims, statefulSet } = await read(client, where);
  const specs = claims.map(({ spec }) => spec);
  const total = specs.reduce((sum, spec) => sum + bytesOf(spec?.resources?.requests?.storage), 0);
  return {
    wordpress: volumeOf(specOf(claims.find(({ metadata }) => metadata.name === CLAIMS.wordpress))),
    mariadb: volumeOf(statefulSet?.spec?.volumeClaimTemplates?.[0]?.spec),
    totalGi: Math.ceil(total / GIB),
  };
}

/**
 * Expands volumes that are too small. Returns a clause per volume, such as `data-mariadb-0 grows from 2Gi to 10Gi`;
 * empty if all are large enough. Throws ClusterError.
 */
export async function growVolumes(client: KubeClient, where: Where): Promise<string[]> {
  const { claims, statefulSet } = await read(client, where);
  const said: string[] = [];
  for (const claim of claims) {
    const { name } = claim.metadata;
    const maker = name === CLAIMS.mariadb ? statefulSet : name === CLAIMS.wordpress ? claim : undefined;
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
      if (!isQuota || tries === QUOTA_TRIES) return reasonOf(error.message);
      await sleep(QUOTA_MS, undefined, { signal });
    }
  }
}

function reasonOf(message: string): string {
  return message.includes('must support resize') ? 'its storage class can not enlarge volumes' : message;
}

async function read(
  client: KubeClient,
  { namespace, signal }: Where,
): Promise<{ claims: Claim[]; statefulSet: StatefulSet | undefined }> {
  const setPath = `/apis/apps/v1/namespaces/${namespace}/statefulsets/mariadb`;
  const [{ items }, statefulSet] = await Promise.all([
    client.json<{ items: Claim[] | null }>(claimsPath(namespace), { signal }),
    client.json<StatefulSet>(setPath, { signal }).catch((error: unknown) => {
      if (error instanceof ClusterError && error.kind === 'not-found') return undefined;
      throw error;
    }),
  ]);
  return { claims: items ?? [], statefulSet };
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
