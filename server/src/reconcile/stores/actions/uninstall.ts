/**
 * Deletes the release, then the namespace with everything in it. Works on a partially created store. Does not wait
 * for the namespace to disappear: the watch reports it. Leaves a namespace that isn't the store's alone.
 */
import { crashPoint } from '../../../kit/crash-points.ts';
import { type ActionContext, type ActionTarget, toSpec } from './action-context.ts';

export async function uninstall(context: ActionContext, { store, signal }: ActionTarget): Promise<void> {
  const { cluster, releases } = context;
  const identity = toSpec(store);
  const state = await cluster.namespaceState(identity, signal);
  if (state !== 'ours') return;
  // Record the deletion request first: rebuilding a lost database must not bring the store back.
  await cluster.annotateNamespace(identity, signal);
  crashPoint('namespace-applied');
  // helm deletes whatever its records list; if they list foreign objects, delete only the namespace.
  const records = await cluster.releaseRecords(identity, signal);
  const mayUninstall = releases.manifests.refuseStored(records, store.namespace) === undefined;
  if (mayUninstall && (await cluster.release(identity, signal))) {
    await releases.helm.uninstall({ name: store.name, namespace: store.namespace }, signal);
    crashPoint('release-deleted');
  }
  await cluster.deleteNamespace(store.namespace, signal);
  crashPoint('namespace-deleted');
}
