/**
 * Unlocks a release whose operation died: helm leaves it `pending-*` and refuses every other operation. A first
 * revision is uninstalled, a later one rolled back. Waits first if another helm process may be working on it.
 */
import type { ObservedRelease } from '../../../domain/observation.ts';
import type { Helm, Release } from '../../../helm/helm.ts';
import { HelmError } from '../../../helm/helm-error.ts';
import { RetryError } from '../../errors.ts';
import { type ActionContext, type ActionTarget, toSpec } from './action-context.ts';

/** Longer than a helm operation without `--wait` takes. */
const PATIENCE_MS = 60_000;

export async function unlockRelease(
  release: ObservedRelease,
  { releases: { helm, operations }, now }: ActionContext,
  { store, signal }: ActionTarget,
): Promise<void> {
  const { name, namespace } = toSpec(store);
  const age = now().getTime() - release.at;
  if (!operations.left(namespace, release.at) && age < PATIENCE_MS)
    throw new RetryError(
      'ReleaseBusy',
      `Another Helm process is working on this release (${release.status}): waiting for up to a minute.`,
    );
  if (release.revision === 1) await helm.uninstall({ name, namespace }, signal);
  else await rollBack(helm, { name, namespace }, signal);
}

/** If a volume has grown since that revision, the rollback fails but unlocks the release; a new revision follows. */
async function rollBack(helm: Helm, release: Release, signal: AbortSignal): Promise<void> {
  try {
    await helm.rollback(release, 0, signal);
  } catch (error) {
    if (!(error instanceof HelmError && error.kind === 'immutable')) throw error;
  }
}

export function isPending({ status }: ObservedRelease): boolean {
  return status.startsWith('pending-') || status === 'uninstalling';
}
