/**
 * Holds a release record against what a store may consist of. A rollback applies the manifest that is stored there, and an
 * upgrade or an uninstall deletes what it lists, so whoever may write a ConfigMap could otherwise use Shopyard's rights.
 */
import { gunzipSync } from 'node:zlib';
import { parseAllDocuments } from 'yaml';
import type { ManifestObject } from '../kube/applied-object.ts';
import { refuseManifest } from './check-manifest.ts';

/** Bytes of a record as JSON; a store's has about 150,000. */
const MAX_BYTES = 16 * 1024 * 1024;
const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);

/**
 * Why helm must not act on a record, as part of a sentence; undefined when it may. `data`: the record as helm stores it,
 * JSON that may be compressed, in base64. Pure.
 */
export function refuseRecord(data: string, namespace: string): string | undefined {
  const release = readRecord(data);
  if (!release) return "it can't be read";
  for (const [key, value] of Object.entries(release)) {
    const why = refuseField(key.toLowerCase(), value, namespace);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** What helm applies for this record: its manifest, and what says which release an object belongs to. Pure. */
export function objectsOfRecord(data: string): ManifestObject[] {
  const { manifest = '', name, namespace } = (readRecord(data) ?? {}) as Partial<Record<string, string>>;
  const documents = parseAllDocuments(manifest, { version: '1.2', schema: 'core', logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  const objects = documents.map((document) => document.toJS() as ManifestObject | null);
  const owner = { 'meta.helm.sh/release-name': name ?? '', 'meta.helm.sh/release-namespace': namespace ?? '' };
  return objects
    .filter((object) => object !== null)
    .map(({ metadata, ...rest }) => ({
      ...rest,
      metadata: {
        ...metadata,
        labels: { ...metadata.labels, 'app.kubernetes.io/managed-by': 'Helm' },
        annotations: { ...metadata.annotations, ...owner },
      },
    }));
}

/** helm reads names in any case, so a manifest may be there twice. */
function refuseField(key: string, value: unknown, namespace: string): string | undefined {
  switch (key) {
    case 'manifest':
      if (typeof value !== 'string') return 'its manifest is no text';
      return value.trim() === '' ? undefined : refuseManifest(value, namespace);
    case 'hooks':
      return value === null || (Array.isArray(value) && value.length === 0) ? undefined : 'it holds hooks';
    case 'namespace':
      return value === namespace ? undefined : 'it is for another namespace';
    default:
      return undefined;
  }
}

function readRecord(data: string): object | undefined {
  try {
    const bytes = Buffer.from(data, 'base64');
    const isCompressed = bytes.subarray(0, GZIP.length).equals(GZIP);
    const text = isCompressed ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes;
    const release: unknown = JSON.parse(text.toString('utf8'));
    return typeof release === 'object' && release !== null && !Array.isArray(release) ? release : undefined;
  } catch {
    return undefined;
  }
}
