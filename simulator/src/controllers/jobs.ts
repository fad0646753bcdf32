/** Runs a Job's pods to completion, with retries up to its backoff limit. */
import type { ResourceMap } from '../objects.ts';
import { type Controller, type ControllerContext, isOwnedBy, ownerKey } from './controller.ts';
import { createPod, isActive, isReady } from './pod-template.ts';

type Job = ResourceMap['jobs'];

/** The job controller's own back-off: 10 s, doubled each time. */
const BACKOFF_MS = 10_000;

export const jobController: Controller = {
  plural: 'jobs',
  keysFor: (event) => (event.plural === 'pods' ? ownerKey(event.object, 'Job') : []),
  reconcile({ namespace, name }, context) {
    const { store, registry, clock } = context;
    const job = store.get('jobs', namespace, name);
    if (!job?.spec || job.metadata.deletionTimestamp || isFinished(job)) return;
    const pods = store.list('pods', namespace).filter((pod) => isOwnedBy(pod, job));
    const succeeded = pods.filter((pod) => pod.status?.phase === 'Succeeded').length;
    const failed = pods.filter((pod) => pod.status?.phase === 'Failed').length;
    const active = pods.filter(isActive);
    const restarts = active.reduce((sum, pod) => sum + (pod.status?.containerStatuses?.[0]?.restartCount ?? 0), 0);
    const complete = succeeded >= (job.spec.completions ?? 1);
    const late = isLate(job, context);
    const refused = pods.flatMap((pod) => refusalOf(job, pod))[0];
    const exhausted = late || refused !== undefined || failed + restarts > (job.spec.backoffLimit ?? 6);

    if (exhausted) active.forEach((pod) => registry.delete({ plural: 'pods', namespace, name: pod.metadata.name }));
    else if (!complete && active.length === 0) startPod(job, { failed, lastFailure: lastFinish(pods) }, context);

    registry.patch({ plural: 'jobs', namespace, name }, (draft) => {
      const now = clock.timestamp();
      const running = complete || exhausted ? 0 : active.length;
      draft.status = {
        ...draft.status,
        startTime: draft.status?.startTime ?? now,
        active: running,
        ready: running === 0 ? 0 : active.filter(isReady).length,
        succeeded,
        failed,
      };
      if (complete) {
        draft.status.completionTime = now;
        draft.status.conditions = [
          condition('Complete', ['CompletionsReached', 'Reached expected number of succeeded pods'], now),
        ];
      } else if (exhausted) {
        draft.status.conditions = [condition('Failed', refused ?? (late ? LATE : EXHAUSTED), now)];
      }
    });
    report(job, { complete, exhausted: exhausted && !late && !refused }, context);
    const ttl = job.spec.ttlSecondsAfterFinished;
    if (complete && ttl !== undefined) removeLater(job, ttl, context);
  },
};

const EXHAUSTED: [string, string] = ['BackoffLimitExceeded', 'Job has reached the specified backoff limit'];
const LATE: [string, string] = ['DeadlineExceeded', 'Job was active longer than specified deadline'];

/** Whether its deadline has passed; never without delays (speed 0). */
function isLate(job: Job, context: ControllerContext): boolean {
  const { clock } = context;
  const { activeDeadlineSeconds } = job.spec ?? {};
  const started = Date.parse(job.status?.startTime ?? '');
  if (activeDeadlineSeconds === undefined || Number.isNaN(started) || clock.scaled(1) === 0) return false;
  const left = started + clock.scaled(activeDeadlineSeconds * 1000) - clock.now();
  if (left > 0) context.requeueAfter(left / clock.scaled(1));
  return left <= 0;
}

/** Why a failed pod fails its Job at once, by the exit code rules of the Job's `podFailurePolicy`. */
function refusalOf(job: Job, { metadata, status }: ResourceMap['pods']): [string, string][] {
  const rules = job.spec?.podFailurePolicy?.rules ?? [];
  return rules.flatMap(({ action, onExitCodes }, index): [string, string][] => {
    if (action !== 'FailJob' || onExitCodes?.operator !== 'In') return [];
    const ended = status?.containerStatuses?.find(
      ({ name, state }) =>
        name === (onExitCodes.containerName ?? name) && onExitCodes.values.includes(state?.terminated?.exitCode ?? 0),
    );
    if (!ended) return [];
    const { namespace, name } = metadata;
    const code = ended.state?.terminated?.exitCode;
    const message = `Container ${ended.name} for pod ${namespace}/${name} failed with exit code ${code} matching FailJob rule at index ${index}`;
    return [['PodFailurePolicy', message]];
  });
}

function isFinished(job: Job): boolean {
  return (
    job.status?.conditions?.some(
      ({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True',
    ) ?? false
  );
}

interface Attempts {
  failed: number;
  /** Epoch milliseconds; 0 if none has failed yet. */
  lastFailure: number;
}

function startPod(job: Job, { failed, lastFailure }: Attempts, context: ControllerContext): void {
  const wait = failed === 0 ? 0 : context.clock.scaled(BACKOFF_MS * 2 ** (failed - 1));
  if (context.clock.now() < lastFailure + wait) return context.requeueAfter(BACKOFF_MS / 10);
  const labels = {
    'batch.kubernetes.io/controller-uid': job.metadata.uid,
    'batch.kubernetes.io/job-name': job.metadata.name,
    'job-name': job.metadata.name,
  };
  if (
    job.spec?.template &&
    !createPod(job, { template: job.spec.template, generateName: `${job.metadata.name}-`, labels }, context)
  ) {
    context.requeueAfter(5000);
  }
}

function lastFinish(pods: readonly ResourceMap['pods'][]): number {
  const times = pods.map((pod) => Date.parse(pod.status?.containerStatuses?.[0]?.state?.terminated?.finishedAt ?? ''));
  return Math.max(0, ...times.filter((time) => !Number.isNaN(time)));
}

function report(
  job: Job,
  { complete, exhausted }: { complete: boolean; exhausted: boolean },
  { events }: ControllerContext,
): void {
  const from = 'job-controller';
  if (complete) events.record(job, { type: 'Normal', reason: 'Completed', message: 'Job completed', from });
  else if (exhausted) {
    events.record(job, {
      type: 'Warning',
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
      from,
    });
  }
}

function removeLater(job: Job, ttlSeconds: number, { registry, store, clock }: ControllerContext): void {
  const { name, namespace = '', uid } = job.metadata;
  clock.after(ttlSeconds * 1000, () => {
    if (store.get('jobs', namespace, name)?.metadata.uid === uid) registry.delete({ plural: 'jobs', namespace, name });
  });
}

function condition(
  type: string,
  [reason, message]: [string, string],
  now: string,
): {
  type: string;
  status: string;
  reason: string;
  message: string;
  lastTransitionTime: string;
  lastProbeTime: string;
} {
  return { type, status: 'True', reason, message, lastTransitionTime: now, lastProbeTime: now };
}
