/**
 * Removes the release, then the namespace with everything in it. Works on a half-made store. Does not wait
 * for the namespace to be gone: the watch tells. A namespace that isn't the store's is left alone.
 */
import { crashPoint } from '../../../kit/crash-points.ts';
import { type ActionContext, type ActionTarget, identityOf } from './action-context.ts';

export async function uninstall(context: ActionContext, { store, signal }: ActionTarget): Promise<void> {
  const { cluster, helm } = context;
  const identity = identityOf(store);
  const state = await cluster.namespaceState(identity, signal);
  if (state !== 'ours') return;
  // First the wish: a database that is lost now must not bring the store back.
  await cluster.annotateNamespace(identity, signal);
  crashPoint('namespace-applied');
  // helm deletes what its records list; where that is not the store's alone, the namespace goes without it.
  const records = await cluster.releaseRecords(identity, signal);
  const mayUninstall = context.manifests.refuseStored(records, store.namespace) === undefined;
  if (mayUninstall && (await cluster.release(identity, signal))) {
    await helm.uninstall({ name: store.name, namespace: store.namespace }, signal);
    crashPoint('release-deleted');
  }
  await cluster.deleteNamespace(store.namespace, signal);
  crashPoint('namespace-deleted');
}
