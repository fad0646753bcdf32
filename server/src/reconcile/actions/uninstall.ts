/**
 * Removes the release, then the namespace with everything in it. Works on a half-made store. Does not wait
 * for the namespace to be gone: the watch tells. A namespace that isn't the store's is left alone.
 */
import { type ActionContext, type ActionTarget, identityOf } from './action-context.ts';

export async function uninstall(context: ActionContext, { store, signal }: ActionTarget): Promise<void> {
  const identity = identityOf(store);
  const state = await context.cluster.namespaceState(identity, signal);
  if (state !== 'ours') return;
  if (await context.cluster.release(identity, signal)) {
    await context.helm.uninstall({ name: store.name, namespace: store.namespace }, signal);
    context.onEffect('release-deleted');
  }
  await context.cluster.deleteNamespace(store.namespace, signal);
  context.onEffect('namespace-deleted');
}
