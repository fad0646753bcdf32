/**
 * Frees a release whose operation died: helm leaves it `pending-*` and refuses all others. The first revision is
 * removed, a later one rolled back. One that somebody else's helm may be at work on is left alone for a while.
 */
import type { ObservedRelease } from '../../cluster/observed.ts';
import { NotYetError } from '../action-error.ts';
import { type ActionContext, type ActionTarget, identityOf } from './action-context.ts';

/** Longer than a helm operation without `--wait` takes. */
const PATIENCE_MS = 60_000;

export async function unlockRelease(
  release: ObservedRelease,
  { helm, operations, now }: ActionContext,
  { store, signal }: ActionTarget,
): Promise<void> {
  const { name, namespace } = identityOf(store);
  const age = now().getTime() - release.at;
  if (!operations.left(store.id, release.at) && age < PATIENCE_MS)
    throw new NotYetError(
      'ReleaseBusy',
      `Somebody else's helm is at work on the release (${release.status}): it is waited for, a minute at most.`,
    );
  if (release.revision === 1) await helm.uninstall({ name, namespace }, signal);
  else await helm.rollback({ name, namespace }, 0, signal);
}

export function isPending({ status }: ObservedRelease): boolean {
  return status.startsWith('pending-') || status === 'uninstalling';
}
