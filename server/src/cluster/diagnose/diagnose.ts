/** From a store's view to the first cause that explains why it isn't ready. */
import type { StoreView } from '../observed.ts';
import { diagnosePod } from './diagnose-pod.ts';
import type { Diagnosis } from './diagnosis.ts';

/** Undefined while everything is merely on its way. The most specific cause comes first. */
export function diagnose(view: StoreView): Diagnosis | undefined {
  const unready = view.pods.filter((pod) => !pod.terminating && !pod.ready && pod.component !== 'cron');
  // What ails both is told of what should run, not of the task beside it.
  const pods = unready.toSorted((a, b) => Number(a.component === 'setup') - Number(b.component === 'setup'));
  return (
    firstOf(pods.map((pod) => diagnosePod(pod, view.warnings))) ??
    diagnoseJobs(view) ??
    diagnoseRefusedPods(view) ??
    diagnoseClaims(view)
  );
}

function firstOf(found: readonly (Diagnosis | undefined)[]): Diagnosis | undefined {
  return found.find((diagnosis) => diagnosis?.terminal) ?? found.find((diagnosis) => diagnosis !== undefined);
}

function diagnoseJobs({ jobs }: StoreView): Diagnosis | undefined {
  const failed = jobs.find((job) => job.component === 'setup' && job.state === 'failed');
  if (!failed) return undefined;
  return {
    reason: 'SetupFailed',
    message: `The setup of the store failed (${failed.message || failed.name}): its log says at which step; retry when that is mended.`,
    terminal: true,
  };
}

/** A quota refuses pods without a pod ever being there: only a FailedCreate event tells. */
function diagnoseRefusedPods({ warnings, workloads, jobs }: StoreView): Diagnosis | undefined {
  const unready = new Set([
    ...workloads.filter((workload) => !workload.ready).map((workload) => workload.name),
    ...jobs.filter((job) => job.state === 'running').map((job) => job.name),
  ]);
  const refused = warnings.find(
    ({ reason, object }) => reason === 'FailedCreate' && [...unready].some((name) => object.startsWith(name)),
  );
  if (!refused) return undefined;
  const quota = /exceeded quota: (.*)$/.exec(refused.message);
  if (quota) {
    return {
      reason: 'QuotaExceeded',
      message: `The namespace's quota is used up: ${quota[1] ?? ''}. Raise the quota or lower the store's resources.`,
      terminal: false,
    };
  }
  return { reason: 'PodRefused', message: `The cluster refuses the store's pods: ${refused.message}`, terminal: false };
}

function diagnoseClaims({ claims, warnings }: StoreView): Diagnosis | undefined {
  const lost = claims.find((claim) => claim.phase === 'Lost');
  if (lost)
    return {
      reason: 'VolumeLost',
      message: `The volume of ${lost.name} is gone, and its data with it. Restore a backup or delete the store.`,
      terminal: true,
    };
  const pending = claims.find((claim) => claim.phase === 'Pending');
  const why =
    pending &&
    warnings.find(
      ({ kind, object, reason }) =>
        kind === 'PersistentVolumeClaim' && object === pending.name && reason === 'ProvisioningFailed',
    );
  if (!why) return undefined;
  return {
    reason: 'VolumePending',
    message: `No volume for ${why.object}: ${why.message}. Check the storage class in the store's values.`,
    terminal: false,
  };
}
