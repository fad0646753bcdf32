/** Explains why a pod is not ready. */
import { finding } from '@shopyard/contracts';
import { type Engine, resourcesKeyOf, runsOnce, valuesKeyOf } from '@shopyard/engines';
import type { ObservedContainer, ObservedPod, ObservedWarning } from '../observation.ts';
import { diagnoseImage, isImageTrouble } from './diagnose-image.ts';
import { type Diagnosis, toSentence } from './diagnosis.ts';
import { lastWords } from './redact.ts';
import { readTaskWords } from './task-words.ts';

/** Number of crashes that counts as a persistent failure. */
const CRASHES = 5;
const RESOURCE_WORDS: Readonly<Record<string, string>> = { cpu: 'CPU', 'ephemeral-storage': 'ephemeral storage' };

export function diagnosePod(
  pod: ObservedPod,
  warnings: readonly ObservedWarning[],
  engine: Engine,
): Diagnosis | undefined {
  if (pod.unschedulable !== undefined) return unschedulable(pod, pod.unschedulable, engine);
  const own = warnings.filter(({ object }) => object === pod.name);
  for (const container of pod.containers) {
    const found = diagnoseContainer(pod, container, { own, engine });
    if (found) return found;
  }
  return diagnoseSidecar(pod, engine) ?? diagnoseMount(pod, own) ?? diagnoseProbe(pod, own);
}

function diagnoseContainer(
  pod: ObservedPod,
  container: ObservedContainer,
  { own, engine }: { own: readonly ObservedWarning[]; engine: Engine },
): Diagnosis | undefined {
  const { waiting, terminated } = container;
  const key = valuesKeyOf(engine, pod.component);
  if (waiting && isImageTrouble(waiting.reason))
    return diagnoseImage(pod, { message: waiting.message, key, warnings: own });
  // A kubelet has no more to say of it; the embedded cluster tells what it installs meanwhile.
  if (waiting?.reason === 'ContainerCreating' && waiting.message !== '')
    return finding('InstallingEngine', toSentence(waiting.message));
  if (waiting?.reason === 'CreateContainerConfigError')
    return finding('ConfigMissing', `${pod.component} can't start: ${toSentence(waiting.message)}`);
  if (waiting?.reason === 'RunContainerError' || terminated?.reason === 'StartError') {
    const why =
      /exec: (.*?)(: unknown)?$/.exec(waiting?.message ?? terminated?.message ?? '')?.[1] ?? waiting?.message ?? '';
    return finding(
      'CommandFailed',
      `The command of container ${pod.component} can't run: ${toSentence(why)} Correct ${key}.image in the store's settings.`,
    );
  }
  if (!terminated || terminated.exitCode === 0 || container.ready) return undefined;
  if (terminated.reason === 'OOMKilled')
    return {
      ...finding(
        'OutOfMemory',
        `${pod.component} was killed because it exceeded its memory limit. Raise ${resourcesKeyOf(engine, pod.component)}.resources.limits.memory.`,
      ),
      crashes: crashesOf(container),
    };
  return runsOnce(engine, pod.component) ? taskTrouble(pod, terminated) : crash(pod, container, own);
}

/** A Job is complete when all its containers are: one that somebody else added, such as a mesh's proxy, never is. */
function diagnoseSidecar({ component, containers }: ObservedPod, engine: Engine): Diagnosis | undefined {
  if (!runsOnce(engine, component)) return undefined;
  const main = containers.find(({ name }) => name === component);
  const sidecar = containers.find(({ name, init, state }) => name !== component && !init && state === 'running');
  if (main?.state !== 'terminated' || main.terminated?.exitCode !== 0 || !sidecar) return undefined;
  const tasks = engine.components.filter(({ role }) => role === 'task').map(({ name }) => `${name}.podAnnotations`);
  return finding(
    'SidecarRunning',
    `The setup is complete, but the container ${sidecar.name}, which was added from outside, keeps its Job running. Keep it out with ${tasks.join(' and ')}, such as sidecar.istio.io/inject: "false" or linkerd.io/inject: disabled.`,
  );
}

/** A task is retried by its Job; until it gives up, this is only a hint. */
function taskTrouble(
  pod: ObservedPod,
  { exitCode, message }: NonNullable<ObservedContainer['terminated']>,
): Diagnosis | undefined {
  const { said } = readTaskWords(pod.component, message, 3);
  if (said === '' || pod.phase !== 'Failed') return undefined;
  return finding(
    'SetupRetrying',
    `A setup attempt failed (exit code ${exitCode}): ${toSentence(said)} It is retried automatically.`,
  );
}

function crash(pod: ObservedPod, container: ObservedContainer, own: readonly ObservedWarning[]): Diagnosis | undefined {
  const { terminated, restarts, waiting, init } = container;
  if (!terminated || (restarts === 0 && waiting === undefined && !init)) return undefined;
  const liveness = own.find(({ reason, message }) => reason === 'Unhealthy' && message.startsWith('Liveness'));
  if (liveness && terminated.exitCode === 137)
    return finding(
      'ProbeFailing',
      `${pod.component} keeps being restarted because it doesn't respond: ${toSentence(liveness.message)}`,
      restarts >= CRASHES,
    );
  const said = lastWords(terminated.message);
  const crashes = crashesOf(container);
  const where = init ? ` in its init container ${container.name}` : '';
  return {
    ...finding(
      'CrashLoop',
      `${pod.component} crashed${crashes > 1 ? ` ${crashes} times` : ''}${where} (exit code ${terminated.exitCode}). ${said ? `Last output: ${toSentence(said)}` : 'It left no output.'}`,
      restarts >= CRASHES,
    ),
    crashes,
  };
}

/** `restarts` counts those that were started again; one that is down now ended once more. */
function crashesOf({ restarts, state }: ObservedContainer): number {
  return state === 'running' ? restarts : restarts + 1;
}

/**
 * A volume that can't be put in place. The kubelet's own token is merely late, and the event outlives its cause by an hour:
 * a container that has started has its volumes.
 */
function diagnoseMount(pod: ObservedPod, own: readonly ObservedWarning[]): Diagnosis | undefined {
  const mount = own.find(
    ({ reason, message }) =>
      reason.startsWith('Failed') && reason.endsWith('Mount') && !message.includes('kube-api-access'),
  );
  const hasStarted = pod.containers.some(({ state, terminated }) => state !== 'waiting' || terminated);
  if (!mount || hasStarted) return undefined;
  return finding('MountFailed', `${pod.component} is waiting for a volume: ${toSentence(mount.message)}`);
}

function diagnoseProbe(pod: ObservedPod, own: readonly ObservedWarning[]): Diagnosis | undefined {
  // The event of a startup outlives it by an hour.
  const failing = pod.containers.some(({ started }) => started) ? /^Readiness/ : /^(Readiness|Startup)/;
  const probe = own.find(({ reason, message }) => reason === 'Unhealthy' && failing.test(message));
  const up = pod.containers.every((container) => container.init || container.waiting === undefined);
  if (!probe || !up) return undefined;
  const what = probe.message.startsWith('Startup') ? 'has not started yet' : 'is running but not ready';
  return finding('ProbeFailing', `${pod.component} ${what}: ${toSentence(probe.message)}`);
}

function unschedulable(pod: ObservedPod, why: string, engine: Engine): Diagnosis | undefined {
  // A task goes where the shop goes, so it waits until that has a node.
  if (runsOnce(engine, pod.component) && why.includes('pod affinity')) return undefined;
  // Its claims say more.
  if (why.includes('unbound immediate PersistentVolumeClaims')) return undefined;
  const detail = why.replace(/(\. | )(no new claims to deallocate|preemption:|not found$).*$/, '').replace(/\.$/, '');
  const resource = /Insufficient (\S+?)[.,]?(\s|$)/.exec(detail)?.[1];
  const remedy = resource
    ? `Free up ${RESOURCE_WORDS[resource] ?? resource} on the nodes, add a node, or lower the store's requests.`
    : "Check the nodes, their taints, and the pod's selectors and volumes.";
  return finding('Unschedulable', `${pod.component} can't be scheduled: ${detail}. ${remedy}`);
}
