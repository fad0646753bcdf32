/** Makes sure that nothing of a deleted store is left. Reads the cluster: the watch may not have seen the namespace yet. */
import { RetryError } from '../../errors.ts';
import { type ActionContext, type ActionTarget, type Outcome, toSpec } from './action-context.ts';
import { unlabelledNamespace } from './install.ts';
import { uninstall } from './uninstall.ts';

export async function forget(context: ActionContext, target: ActionTarget): Promise<Outcome> {
  const state = await context.cluster.namespaceState(toSpec(target.store), target.signal);
  if (state === 'ours') {
    await uninstall(context, target);
    return {};
  }
  if (state === 'unlabelled') throw unlabelledNamespace(target.store);
  if (state === 'terminating') throw new RetryError('NamespaceTerminating', 'Waiting for the namespace to be gone.');
  return { isGone: true };
}
