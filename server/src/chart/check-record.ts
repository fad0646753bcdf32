/**
 * Checks that a release record holds only what a store may contain. A rollback applies the record's manifest, and an
 * upgrade or uninstall deletes what it lists, so anyone who may write a ConfigMap could borrow Shopyard's permissions.
 */
import { gunzipSync } from 'node:zlib';
import { parseAllDocuments } from 'yaml';
import type { ManifestObject } from '../kube/applied-object.ts';
import { checkManifest } from './check-manifest.ts';
import { isMap } from './platform-values.ts';

/** Maximum size of a record as JSON, in bytes; a store's record has about 150,000. */
const MAX_BYTES = 16 * 1024 * 1024;
const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);

/**
 * Says why helm must not act on a record, as a clause; undefined if it may. `data`: the record as helm stores it,
 * base64 of JSON that may be compressed. Pure.
 */
export function refuseRecord(data: string, namespace: string): string | undefined {
  const checked = checkRecord(data, namespace);
  return typeof checked === 'string' ? checked : undefined;
}

/** The objects of a record that helm may act on, as helm rendered them, or why it must not, as a clause. Pure. */
export function checkRecord(data: string, namespace: string): ManifestObject[] | string {
  const release = readRecord(data);
  if (!release) return "it can't be read";
  let objects: ManifestObject[] = [];
  for (const [key, value] of Object.entries(release)) {
    const checked = checkField(key.toLowerCase(), value, namespace);
    if (typeof checked === 'string') return checked;
    if (key === 'manifest') objects = checked;
  }
  return objects;
}

/**
 * Objects that helm applies for this record: its manifest with the labels and annotations of the release. Throws if a
 * document is no object of Kubernetes. Pure.
 */
export function objectsOfRecord(data: string): ManifestObject[] {
  const { name, namespace, manifest } = readRecord(data) ?? {};
  return withOwner({ name: toText(name), namespace: toText(namespace) }, parseManifest(toText(manifest)));
}

/** The chart of a record; `undefined` if it does not say. Pure. */
export function chartOfRecord(data: string): { name: string; version: string } | undefined {
  const { chart } = readRecord(data) ?? {};
  const metadata = isMap(chart) ? chart['metadata'] : undefined;
  if (!isMap(metadata)) return undefined;
  const [name, version] = [toText(metadata['name']), toText(metadata['version'])];
  return name && version ? { name, version } : undefined;
}

/** The objects with the labels and annotations that helm adds. Pure. */
export function withOwner(
  { name, namespace }: { name: string; namespace: string },
  objects: readonly ManifestObject[],
): ManifestObject[] {
  const owner = { 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': namespace };
  return objects.map(({ metadata, ...rest }) => ({
    ...rest,
    metadata: {
      ...metadata,
      labels: { ...metadata.labels, 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { ...metadata.annotations, ...owner },
    },
  }));
}

/** Throws if a document is no object of Kubernetes. */
function parseManifest(manifest: string): ManifestObject[] {
  const documents = parseAllDocuments(manifest, { version: '1.2', schema: 'core', logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  const contents = documents.map((document): unknown => document.toJS());
  return contents.filter((content) => content !== null).map(requireObject);
}

function requireObject(content: unknown): ManifestObject {
  if (!isObject(content)) throw new Error('the manifest of a release record holds something without kind or name');
  return content;
}

function isObject(content: unknown): content is ManifestObject {
  if (!isMap(content) || !isMap(content['metadata'])) return false;
  const { apiVersion, kind, metadata } = content;
  return [apiVersion, kind, metadata['name']].every((text) => typeof text === 'string');
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Its objects. Expects a lower-case key: helm ignores the case of keys, so a record may hold a second manifest. */
function checkField(key: string, value: unknown, namespace: string): ManifestObject[] | string {
  switch (key) {
    case 'manifest':
      if (typeof value !== 'string') return 'its manifest is not text';
      return value.trim() === '' ? [] : checkManifest(value, namespace);
    case 'hooks':
      return value === null || (Array.isArray(value) && value.length === 0) ? [] : 'it holds hooks';
    case 'namespace':
      return value === namespace ? [] : 'it is for another namespace';
    default:
      return [];
  }
}

function readRecord(data: string): Record<string, unknown> | undefined {
  try {
    const bytes = Buffer.from(data, 'base64');
    const isCompressed = bytes.subarray(0, GZIP.length).equals(GZIP);
    const text = isCompressed ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes;
    const release: unknown = JSON.parse(text.toString('utf8'));
    return isMap(release) ? release : undefined;
  } catch {
    return undefined;
  }
}
