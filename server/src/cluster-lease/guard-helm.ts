/** Allows helm to change the cluster only while the Lease is held, and interrupts it when the Lease is lost. */
import type { Helm } from '../helm/helm.ts';
import type { ClusterLease } from './cluster-lease.ts';

export function guardHelm(helm: Helm, lease: Pick<ClusterLease, 'assertHeld' | 'signal'>): Helm {
  const guarded = (signal: AbortSignal): AbortSignal => {
    lease.assertHeld();
    return AbortSignal.any([signal, lease.signal]);
  };
  return {
    ...helm,
    upgradeInstall: async (options) => helm.upgradeInstall({ ...options, signal: guarded(options.signal) }),
    uninstall: async (release, signal) => helm.uninstall(release, guarded(signal)),
    rollback: async (release, revision, signal) => helm.rollback(release, revision, guarded(signal)),
  };
}
