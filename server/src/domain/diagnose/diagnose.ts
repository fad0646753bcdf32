/** Finds the first cause in a store's view that explains why it isn't ready. */
import { finding, type Reason } from '@shopyard/contracts';
import { type Component, type Engine, isTask, runsOnce } from '@shopyard/engines';
import type { ObservedPod, StoreObservation } from '../observation.ts';
import { diagnosePod } from './diagnose-pod.ts';
import { diagnoseRefusedPods } from './diagnose-refusal.ts';
import { type Diagnosis, toSentence } from './diagnosis.ts';
import { readTaskWords } from './task-words.ts';

/** What makes a task fail whose own log then names a symptom at best. Most certain first. */
const ROOT_CAUSES: readonly Reason[] = ['OutOfMemory', 'CrashLoop'];

/** Which component's cause explains those of the others. */
const ROLES: readonly Component['role'][] = ['database', 'web', 'task'];

/** Returns the most specific cause; `undefined` while the store is merely starting. */
export function diagnose(view: StoreObservation, engine: Engine): Diagnosis | undefined {
  // A task that recurs is none of what a store waits for.
  const isAwaited = (component: string): boolean => !isTask(engine, component) || runsOnce(engine, component);
  const unready = view.pods.filter((pod) => !pod.terminating && !pod.ready && isAwaited(pod.component));
  // A shop without its database isn't ready either, nor is a setup without one of the two.
  const rank = ({ component }: ObservedPod): number => {
    const role = engine.components.find(({ name }) => name === component)?.role;
    return role === undefined ? ROLES.length : ROLES.indexOf(role);
  };
  const pods = unready.toSorted((a, b) => rank(a) - rank(b));
  const found = pods.flatMap((pod) => diagnosePod(pod, view.warnings, engine) ?? []);
  return (
    diagnoseJobs(view, engine, found) ??
    found.find(({ terminal }) => terminal) ??
    found.find(({ reason }) => reason !== 'SetupRetrying') ??
    diagnoseRefusedPods(view) ??
    diagnoseClaims(view) ??
    found[0]
  );
}

/** Why a task that runs once gave up: a container that was killed or crashes, else the end of its log. */
function diagnoseJobs(view: StoreObservation, engine: Engine, found: readonly Diagnosis[]): Diagnosis | undefined {
  const { jobs, pods } = view;
  const failed = jobs.find((job) => runsOnce(engine, job.component) && job.state === 'failed');
  if (!failed) return undefined;
  const cause =
    ROOT_CAUSES.map((reason) => found.find((one) => one.reason === reason)).find((one) => one !== undefined) ??
    diagnoseRefusedPods(view);
  if (cause)
    return {
      ...cause,
      message: `${cause.message} The setup failed because of this: fix it, then retry.`,
      terminal: true,
    };
  const log = pods
    .filter((pod) => pod.component === failed.component)
    .flatMap((pod) => pod.containers.flatMap(({ terminated }) => terminated?.message ?? []))
    .at(-1);
  const { step, said } = readTaskWords(failed.component, log ?? '', 4);
  return finding(
    'SetupFailed',
    `The setup failed${step ? ` at the step "${step}"` : ''}: ${toSentence(said || failed.message || failed.name)} Fix the cause, then retry.`,
  );
}

function diagnoseClaims({ claims, warnings }: StoreObservation): Diagnosis | undefined {
  const lost = claims.find((claim) => claim.phase === 'Lost');
  if (lost)
    return finding(
      'VolumeLost',
      `The volume of the claim ${lost.name} is lost, and its data with it. Restore a backup, or delete the store.`,
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
    `The claim ${pending.name} has no volume: ${toSentence(cause)} Check the storage class in the store's settings, and its provisioner.`,
  );
}
