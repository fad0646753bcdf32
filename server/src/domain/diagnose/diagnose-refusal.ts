/** Pods that the API server refuses to create: there is no pod then, only a FailedCreate event. */
import { finding } from '@shopyard/contracts';
import type { StoreObservation } from '../observation.ts';
import type { Diagnosis } from './diagnosis.ts';

export function diagnoseRefusedPods({ warnings, workloads, jobs, pods }: StoreObservation): Diagnosis | undefined {
  // The event outlives the refusal by an hour; a pod that exists was not refused.
  const hasPod = (component: string): boolean => pods.some((pod) => pod.component === component && !pod.terminating);
  const unready = [
    ...workloads.filter((workload) => !workload.ready && !hasPod(workload.component)).map(({ name }) => name),
    ...jobs.filter((job) => job.state === 'running' && !hasPod(job.component)).map(({ name }) => name),
  ];
  const refused = warnings.find(
    ({ reason, object }) => reason === 'FailedCreate' && unready.some((name) => object.startsWith(name)),
  );
  return refused && explain(refused.message);
}

function explain(message: string): Diagnosis {
  const said = (pattern: RegExp): string | undefined => pattern.exec(message)?.[1];
  const [, quota, use = ''] = /exceeded quota: ([^,]+)(?:, (.*))?$/.exec(message) ?? [];
  if (quota)
    return finding(
      'QuotaExceeded',
      `The namespace's quota "${quota}" is used up${use && `: ${use}`}. Raise the quota, or lower the store's resources.`,
    );
  const [, strict, unset = ''] = /failed quota: ([^:]+)(?:: (.*))?$/.exec(message) ?? [];
  if (strict)
    return finding(
      'QuotaNeedsLimits',
      `The namespace's quota "${strict}" requires limits that the pods don't set${unset && `: ${unset}`}. Set them in the store's resources.`,
    );
  const security = said(/violates PodSecurity (.*)$/);
  if (security)
    return finding(
      'PodSecurity',
      `The namespace's Pod Security level refuses the pods: ${security}. Change the store's settings, or the namespace's label.`,
    );
  const limit = said(/is forbidden: (\[?(?:maximum|minimum|\w+ max limit to request ratio) .*)$/);
  if (limit)
    return finding(
      'LimitExceeded',
      `The namespace's LimitRange refuses the pods: ${limit}. Change the LimitRange, or the store's resources.`,
    );
  return finding('PodRefused', `The cluster refuses the store's pods: ${message}`);
}
