/** Translates failed reads from the cluster or helm for callers. */
import { ShopyardError } from '@shopyard/contracts';
import { ClusterError } from '../kube/errors.ts';
import { HelmError } from '../helm/helm-error.ts';

/** Rethrows the error as a ShopyardError if it comes from the cluster or helm, unchanged otherwise. */
export function refuseUnreadable(error: unknown): never {
  if (error instanceof HelmError && error.kind === 'not-found')
    throw new ShopyardError('not_found', 'there is no release yet: helm has not installed the store');
  if (error instanceof ClusterError && (error.kind === 'not-found' || error.status === 400))
    throw new ShopyardError('not_found', error.message);
  if (error instanceof ClusterError || error instanceof HelmError)
    throw new ShopyardError('unavailable', `couldn't read from the cluster: ${error.message}`);
  throw error;
}
