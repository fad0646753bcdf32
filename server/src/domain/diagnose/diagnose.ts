/** Finds the first cause in a store's view that explains why it isn't ready. */
import { finding } from '@shopyard/contracts';
import { type Engine, isTask, runsOnce } from '@shopyard/engines';
import type { StoreObservation } from '../observation.ts';
import { diagnosePod } from './diagnose-pod.ts';
import { diagnoseRefusedPods } from './diagnose-refusal.ts';
import type { Diagnosis } from './diagnosis.ts';
import { lastWords } from './redact.ts';

/** Returns the most specific cause; `undefined` while the store is merely starting. */
export function diagnose(view: StoreObservation, engine: Engine): Diagnosis | undefined {
  // A task that recurs is none of what a store waits for.
  const isAwaited = (component: string): boolean => !isTask(engine, component) || runsOnce(engine, component);
  const unready = view.pods.filter((pod) => !pod.terminating && !pod.ready && isAwaited(pod.component));
  // A cause shared by a workload and a task is reported for the workload.
  const pods = unready.toSorted(
    (a, b) => Number(runsOnce(engine, a.component)) - Number(runsOnce(engine, b.component)),
  );
  return (
    diagnoseJobs(view, engine) ??
    firstOf(pods.map((pod) => diagnosePod(pod, view.warnings, engine))) ??
    diagnoseRefusedPods(view) ??
    diagnoseClaims(view)
  );
}

function firstOf(found: readonly (Diagnosis | undefined)[]): Diagnosis | undefined {
  return found.find((diagnosis) => diagnosis?.terminal) ?? found.find((diagnosis) => diagnosis !== undefined);
}

function diagnoseJobs({ jobs, pods }: StoreObservation, engine: Engine): Diagnosis | undefined {
  const failed = jobs.find((job) => runsOnce(engine, job.component) && job.state === 'failed');
  if (!failed) return undefined;
  const log = pods
    .filter((pod) => pod.component === failed.component)
    .flatMap((pod) => pod.containers.flatMap(({ terminated }) => terminated?.message ?? []))
    .at(-1);
  const step = [...(log ?? '').matchAll(/^([\w-]+): (\w+)$/gm)].findLast(([, name]) => name === failed.component)?.[2];
  const said = lastWords(log ?? '', 4);
  return finding(
    'SetupFailed',
    `The setup of the store failed${step ? ` at the step "${step}"` : ''}: ${said || failed.message || failed.name}. Fix that, then Retry.`,
  );
}

function diagnoseClaims({ claims, warnings }: StoreObservation): Diagnosis | undefined {
  const lost = claims.find((claim) => claim.phase === 'Lost');
  if (lost)
    return finding(
      'VolumeLost',
      `The volume of ${lost.name} is gone, and its data with it. Restore a backup or delete the store.`,
    );
  const pending = claims.find((claim) => claim.phase === 'Pending');
  if (!pending) return undefined;
  const why = warnings.find(
    ({ kind, object, reason }) =>
      kind === 'PersistentVolumeClaim' && object === pending.name && reason === 'ProvisioningFailed',
  );
  const unbound = warnings.some(
    ({ reason, message }) =>
      reason === 'FailedScheduling' && message.includes('unbound immediate PersistentVolumeClaims'),
  );
  if (!why && !unbound) return undefined;
  const cause = why?.message ?? 'its provisioner has not answered';
  return finding(
    'VolumePending',
    `No volume for ${pending.name}: ${cause}. Check the storage class in the store's values, and its provisioner.`,
  );
}
