/** Why one pod is not ready. */
import type { ObservedContainer, ObservedPod, ObservedWarning } from '../observed.ts';
import type { Diagnosis } from './diagnosis.ts';

/** Crashes after which it is no hiccup any more. */
const CRASHES = 5;

export function diagnosePod(pod: ObservedPod, warnings: readonly ObservedWarning[]): Diagnosis | undefined {
  if (pod.unschedulable !== undefined) return unschedulable(pod);
  for (const container of pod.containers) {
    const found = diagnoseContainer(pod, container);
    if (found) return found;
  }
  const probe = warnings.find(({ object, reason }) => object === pod.name && reason === 'Unhealthy');
  const up = pod.containers.every((container) => container.init || container.waiting === undefined);
  if (!probe || !up || !probe.message.startsWith('Readiness')) return undefined;
  return {
    reason: 'ProbeFailing',
    message: `${pod.component} runs but is not ready: ${probe.message}`,
    terminal: false,
  };
}

function diagnoseContainer(pod: ObservedPod, container: ObservedContainer): Diagnosis | undefined {
  const { waiting, terminated, restarts } = container;
  switch (waiting?.reason) {
    case 'ErrImagePull':
    case 'ImagePullBackOff':
    case 'InvalidImageName':
      return imagePull(pod, waiting);
    case 'CreateContainerConfigError':
      return { reason: 'ConfigMissing', message: `${pod.component} can't start: ${waiting.message}`, terminal: false };
    default:
      break;
  }
  if (!terminated || terminated.exitCode === 0 || container.ready) return undefined;
  if (terminated.reason === 'OOMKilled') {
    return {
      reason: 'OutOfMemory',
      message: `${pod.component} was killed for using more memory than its limit. Raise ${valuesKey(pod)}.resources.limits.memory.`,
      terminal: false,
    };
  }
  if (pod.component === 'setup' || (restarts === 0 && waiting === undefined)) return undefined;
  return {
    reason: 'CrashLoop',
    message: `${pod.component} ended with exit code ${terminated.exitCode} ${restarts === 1 ? 'once' : `${restarts} times`}; its log says why.`,
    terminal: restarts >= CRASHES,
  };
}

function imagePull(pod: ObservedPod, { message }: { message: string }): Diagnosis {
  const image = /image "([^"]+)"/.exec(message)?.[1] ?? 'its image';
  const what = `${pod.component}: ${image}`;
  if (/429|toomanyrequests|rate limit/i.test(message)) {
    return {
      reason: 'ImageRateLimited',
      message: `${what} is not given out now: the registry limits pulls. It goes on by itself; a mirror or credentials avoid it.`,
      terminal: false,
    };
  }
  if (/401|403|unauthorized|denied|authentication required/i.test(message)) {
    return {
      reason: 'ImageUnauthorized',
      message: `${what} may not be pulled without credentials. Set global.imagePullSecrets.`,
      terminal: true,
    };
  }
  if (/not found|manifest unknown|invalid reference|InvalidImageName/i.test(message)) {
    return {
      reason: 'ImageNotFound',
      message: `${what} does not exist. Correct ${valuesKey(pod)}.image in the store's values.`,
      terminal: true,
    };
  }
  return { reason: 'ImagePullFailed', message: `${what} can't be pulled: ${message}`, terminal: false };
}

function unschedulable(pod: ObservedPod): Diagnosis | undefined {
  // The setup goes where WordPress goes, so it waits until that has a node.
  if (pod.component === 'setup' && pod.unschedulable?.includes('pod affinity')) return undefined;
  const detail = (pod.unschedulable ?? '').replace(/ preemption:.*$/, '');
  const resource = /Insufficient (\S+?)[.,]?(\s|$)/.exec(detail)?.[1];
  const remedy = resource
    ? `Free ${resource} on the nodes, add a node, or lower the store's requests.`
    : 'Check nodes, taints and volumes.';
  return { reason: 'Unschedulable', message: `${pod.component} fits on no node: ${detail} ${remedy}`, terminal: false };
}

/** Under which key of the values a pod's settings are: the setup runs WordPress's own image. */
function valuesKey({ component }: ObservedPod): string {
  return component === 'setup' ? 'wordpress' : component;
}
