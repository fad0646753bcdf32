/** Refuses Leases that a real API server refuses. */
import { badRequest, invalid } from '../api-error.ts';
import type { ResourceMap } from '../../objects.ts';
import type { Admission } from '../../storage/registry.ts';

/** The format that `metav1.MicroTime` parses: exactly six decimals. `Date.toISOString()` has three. */
const MICRO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(Z|[+-]\d\d:\d\d)$/;

export const validateLease: Admission = (object) => {
  if (object.kind !== 'Lease') return object;
  // The plural says which kind it is.
  const { spec = {}, metadata } = object as ResourceMap['leases'];
  for (const time of [spec.acquireTime, spec.renewTime]) {
    if (time !== undefined && time !== null && !MICRO_TIME.test(time)) {
      const parsing = `parsing time "${time}" as "2006-01-02T15:04:05.000000Z07:00"`;
      throw badRequest(`Lease in version "v1" cannot be handled as a Lease: ${parsing}`);
    }
  }
  const { leaseDurationSeconds: seconds = 1, leaseTransitions: transitions = 0 } = spec;
  const refuse = (field: string, message: string): never => {
    throw invalid('Lease.coordination.k8s.io', metadata.name, { field, message });
  };
  if (seconds <= 0) refuse('spec.leaseDurationSeconds', `Invalid value: ${seconds}: must be greater than 0`);
  if (transitions < 0)
    refuse('spec.leaseTransitions', `Invalid value: ${transitions}: must be greater than or equal to 0`);
  return object;
};
