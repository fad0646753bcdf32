/**
 * Removes finalizers from a store whose namespace is stuck terminating, after the user confirmed the store's name.
 * Touches only objects that carry the store's id, and leaves Kubernetes' own finalizers, which clear by themselves.
 */
import { RetryError } from '../../errors.ts';
import { type ActionContext, type ActionTarget, toSpec } from './action-context.ts';

/** Returns a description of the freed objects. Throws RetryError if no object of the store is held. */
export async function removeFinalizers(context: ActionContext, { store, view, signal }: ActionTarget): Promise<string> {
  const freed = await context.cluster.removeFinalizers(toSpec(store), signal);
  if (freed.length > 0) return freed.join(', ');
  const remaining = view.namespace?.remaining.join(' ') ?? '';
  throw new RetryError(
    'NamespaceTerminating',
    `Waiting for the namespace: ${remaining} These objects are not the store's: whoever set the finalizers must remove them.`,
  );
}
