/**
 * Brings namespace, credentials and release to the store's generation. Reads the cluster itself first,
 * because the watch may lag: a release that is there is not installed again. Does not wait for pods.
 */
import { GENERATION_LABEL, STORE_ID_LABEL } from '../../cluster/labels.ts';
import { NotYetError, TerminalError } from '../action-error.ts';
import { type ActionContext, type ActionTarget, identityOf } from './action-context.ts';
import { isPending, unlockRelease } from './unlock.ts';

/** True when helm made a new revision, false when there was nothing to do. */
export async function install(context: ActionContext, target: ActionTarget): Promise<boolean> {
  const { store, signal } = target;
  const identity = identityOf(store);
  const state = await context.cluster.ensureNamespace(identity, signal);
  if (state === 'foreign') {
    throw new TerminalError(
      'NamespaceConflict',
      `The namespace ${store.namespace} exists and is not this store's. Choose another name, or remove that namespace.`,
    );
  }
  if (state === 'terminating')
    throw new NotYetError('NamespaceTerminating', 'Waiting for the old namespace to be gone.');

  context.onEffect('namespace-applied');
  await context.cluster.ensureCredentials(identity, signal);
  context.onEffect('secret-created');
  const release = await context.cluster.release(identity, signal);
  if (release && isPending(release)) await unlockRelease(release, context, target);
  else if (release?.status === 'deployed' && release.generation === store.generation) return false;

  await context.helm.upgradeInstall({
    name: store.name,
    namespace: store.namespace,
    values: valuesOf(context, target),
    labels: { [STORE_ID_LABEL]: store.id, [GENERATION_LABEL]: String(store.generation) },
    signal,
  });
  return true;
}

/** The store's own values, under the identity that nobody may set otherwise. */
function valuesOf({ urlOf }: ActionContext, { store }: ActionTarget): Record<string, unknown> {
  const given = store.values['store'];
  const own = typeof given === 'object' && given !== null ? given : {};
  return { ...store.values, store: { ...own, id: store.id, name: store.name, url: urlOf(store.name) } };
}
