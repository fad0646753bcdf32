/**
 * Moves helm's release records of stores from Secrets, where earlier versions of Shopyard kept them, to ConfigMaps.
 * A record's Secret is deleted only once its copy exists, so a move can be interrupted anywhere and run again.
 */
import { isKind, unless } from '../kube/errors.ts';
import { type KubeClient, METADATA_LIST } from '../kube/client.ts';
import type { KubeObject } from '../kube/objects.ts';

const RECORDS = { labelSelector: 'owner=helm' };
/** On a copy; helm drops it with its next change of the record. */
const COPY_ANNOTATION = 'shopyard.dev/moved-from';

export interface MovedReleases {
  /** Number of records moved. */
  moved: number;
  /** Namespaces whose release was reinstalled since, so that the records in Secrets are only its earlier history. */
  reinstalled: string[];
  /** Namespaces without any record in a ConfigMap, if this account may not move what is in Secrets. */
  unknown: string[];
}

/** Handles only the records in `namespaces`. Throws ClusterError. */
export async function moveReleases(client: KubeClient, namespaces: readonly string[]): Promise<MovedReleases> {
  const copies = await listRecords(client, 'configmaps');
  const result: MovedReleases = { moved: 0, reinstalled: [], unknown: [] };
  const records = await listRecords(client, 'secrets').catch((error: unknown) => {
    if (isKind(error, 'forbidden')) return undefined;
    throw error;
  });
  for (const namespace of namespaces) {
    const here = ({ metadata }: KubeObject): boolean => metadata.namespace === namespace;
    const copied = copies.filter(here);
    if (!records) {
      if (copied.length === 0) result.unknown.push(namespace);
      continue;
    }
    const left = records.filter(here);
    if (left.length > 0 && copied.some(({ metadata }) => !metadata.annotations?.[COPY_ANNOTATION])) {
      result.reinstalled.push(namespace);
      continue;
    }
    try {
      // Newest first: concurrent readers see the current revision.
      for (const record of left.toSorted((a, b) => revisionOf(b) - revisionOf(a))) {
        await moveRecord(client, record);
        result.moved += 1;
      }
    } catch (error) {
      if (isKind(error, 'forbidden')) result.unknown.push(namespace);
      // A terminating namespace accepts no copies and needs none.
      else if (!isKind(error, 'terminating')) throw error;
    }
  }
  return result;
}

async function listRecords(client: KubeClient, kind: 'secrets' | 'configmaps'): Promise<KubeObject[]> {
  const options = { query: RECORDS, accept: METADATA_LIST };
  const { items } = await client.json<{ items: KubeObject[] | null }>(`/api/v1/${kind}`, options);
  return (items ?? []).filter(({ metadata }) => metadata.name.startsWith('sh.helm.release.v1.'));
}

const revisionOf = ({ metadata }: KubeObject): number => Number(metadata.labels?.['version'] ?? 0);

async function moveRecord(client: KubeClient, { metadata }: KubeObject): Promise<void> {
  const core = `/api/v1/namespaces/${metadata.namespace}`;
  const path = `${core}/secrets/${metadata.name}`;
  const { data } = await client.json<{ data?: { release?: string } }>(path);
  const body = {
    metadata: { name: metadata.name, labels: metadata.labels, annotations: { [COPY_ANNOTATION]: 'Secret' } },
    // A Secret adds another layer of base64.
    data: { release: Buffer.from(data?.release ?? '', 'base64').toString('utf8') },
  };
  await unless('conflict', client.json(`${core}/configmaps`, { method: 'POST', body }));
  await unless('not-found', client.json(path, { method: 'DELETE' }));
}
