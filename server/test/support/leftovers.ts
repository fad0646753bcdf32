/** What deleted stores left in the cluster: their namespaces and volumes. */
import type { Tools } from './tools.ts';

export async function leftoversOf(tools: Tools, stores: readonly { namespace: string }[]): Promise<string[]> {
  // Written by kubectl.
  const { items } = JSON.parse(await tools.kubectl('get', 'namespaces,persistentvolumes', '-o', 'json')) as {
    items: { kind: string; metadata: { name: string }; spec: { claimRef?: { namespace: string } } }[];
  };
  const namespaces = new Set(stores.map(({ namespace }) => namespace));
  return items
    .filter(({ metadata, spec }) => namespaces.has(metadata.name) || namespaces.has(spec.claimRef?.namespace ?? ''))
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}
