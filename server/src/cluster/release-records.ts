/** Helm's records of a store's release: ConfigMaps in its namespace, one per revision. */
import type { ObservedRelease, ReleaseRecord } from '../domain/observation.ts';
import { type KubeClient, METADATA_LIST } from '../kube/client.ts';
import type { KubeObject } from '../kube/objects.ts';
import type { StoreSpec } from '../domain/store.ts';
import { projectRelease } from './project.ts';

export interface ReleaseRecords {
  /** The latest revision of the store's release. */
  release(store: StoreSpec, signal: AbortSignal): Promise<ObservedRelease | undefined>;
  /** Helm's records of the store's release, one per revision. */
  releaseRecords(store: StoreSpec, signal: AbortSignal): Promise<ReleaseRecord[]>;
}

type StoredRecord = KubeObject & { data?: { release?: string } };

export function createReleaseRecords({ client }: { client: KubeClient }): ReleaseRecords {
  const pathOf = ({ namespace }: StoreSpec): string => `/api/v1/namespaces/${namespace}/configmaps`;
  const queryOf = ({ name }: StoreSpec): Record<string, string> => ({ labelSelector: `owner=helm,name=${name}` });
  return {
    async release(store, signal) {
      const { items } = await client.json<{ items: KubeObject[] | null }>(pathOf(store), {
        query: queryOf(store),
        accept: METADATA_LIST,
        signal,
      });
      return (items ?? []).map(projectRelease).toSorted((a, b) => b.revision - a.revision)[0];
    },

    async releaseRecords(store, signal) {
      const { items } = await client.json<{ items: StoredRecord[] | null }>(pathOf(store), {
        query: queryOf(store),
        signal,
      });
      return (items ?? []).flatMap(toRecord);
    },
  };
}

/** Nothing without the key: then helm has nothing to read either. */
function toRecord({ metadata, data }: StoredRecord): ReleaseRecord[] {
  if (data?.release === undefined) return [];
  const { version = 0, status = '' } = metadata.labels ?? {};
  return [{ name: metadata.name, revision: Number(version), status, data: data.release }];
}
