/** What a caller is told when the cluster or helm does not give what was asked for. */
import { ShopyardError } from '@shopyard/contracts';
import { ClusterError } from '../kube/errors.ts';
import { HelmError } from '../helm/helm-error.ts';

/** Throws it as an error of the API. */
export function refuseUnreadable(error: unknown): never {
  if (error instanceof HelmError && error.kind === 'not-found')
    throw new ShopyardError('not_found', 'there is no release yet: it comes with the first step');
  if (error instanceof ClusterError && (error.kind === 'not-found' || error.status === 400))
    throw new ShopyardError('not_found', error.message);
  if (error instanceof ClusterError || error instanceof HelmError)
    throw new ShopyardError('unavailable', `the cluster does not tell: ${error.message}`);
  throw error;
}
