/**
 * Takes finalizers off the objects of a store whose namespace can't go: somebody asked for it by the store's name. Only
 * off objects that carry the store's id, and none of Kubernetes' own, which go by themselves.
 */
import { NotYetError } from '../../action-error.ts';
import { type ActionContext, type ActionTarget, identityOf } from './action-context.ts';

/** What was freed, in words. Throws NotYetError when nothing of the store's own is held. */
export async function releaseFinalizers(
  context: ActionContext,
  { store, view, signal }: ActionTarget,
): Promise<string> {
  const freed = await context.cluster.releaseFinalizers(identityOf(store), signal);
  if (freed.length > 0) return freed.join(', ');
  const remaining = view.namespace?.remaining.join(' ') ?? '';
  throw new NotYetError(
    'NamespaceTerminating',
    `Waiting for the namespace: ${remaining} None of it is the store's own: whoever set the finalizers must take them off.`,
  );
}
