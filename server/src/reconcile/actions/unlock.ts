/**
 * Frees a release whose operation died: helm leaves it `pending-*` and refuses all others. The first
 * revision is removed, a later one rolled back. Does not decide whether an operation still runs: one per
 * release at a time, and none of an earlier server, is the caller's promise.
 */
import type { ObservedRelease } from '../../cluster/observed.ts';
import { type ActionContext, type ActionTarget, identityOf } from './action-context.ts';

export async function unlockRelease(
  release: ObservedRelease,
  { helm }: ActionContext,
  { store, signal }: ActionTarget,
): Promise<void> {
  const { name, namespace } = identityOf(store);
  if (release.revision === 1) await helm.uninstall({ name, namespace }, signal);
  else await helm.rollback({ name, namespace }, 0, signal);
}

export function isPending({ status }: ObservedRelease): boolean {
  return status.startsWith('pending-') || status === 'uninstalling';
}
