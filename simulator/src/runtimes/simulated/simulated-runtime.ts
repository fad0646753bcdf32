/** Simulates containers: start times, log lines and HTTP as an engine describes them, and failures on demand. */
import type { Cancel, Clock } from '../../clock.ts';
import { failureOf } from '../../node/fault-injection.ts';
import type { ContainerRuntime, ContainerStart, Exit, Readiness, RunningContainer } from '../../node/runtime.ts';
import type { Behaviour, EmbeddedEngine } from '../embedded-engine.ts';

const OTHER: Behaviour = { readyMs: 500, lines: ['started'] };
const TASK_MS = 1200;
const SLOW_START_MS = 60_000;
const CRASH_MS = 600;

export function createSimulatedRuntime(clock: Clock, images: EmbeddedEngine['simulated']): ContainerRuntime {
  return {
    start(start) {
      const known = images.find(({ image }) => image.test(start.container.image ?? ''));
      return run(start, { clock, behaviour: known?.behaviour ?? OTHER });
    },
  };
}

interface RunOptions {
  clock: Clock;
  behaviour: Behaviour;
}

function run(start: ContainerStart, { clock, behaviour }: RunOptions): RunningContainer {
  const { container, pod, attempt } = start;
  const image = container.image ?? '';
  const asked = failureOf(pod, image, isInit(start));
  const failure = asked && attempt < asked.times ? asked.mode : undefined;
  const { promise: exited, resolve } = Promise.withResolvers<Exit>();
  const listeners = new Set<(readiness: Readiness) => void>();
  const timers: Cancel[] = [];
  const later = (ms: number, action: () => void): void => void timers.push(clock.after(ms, action));
  const end = (exit: Exit): void => {
    timers.forEach((cancel) => cancel());
    resolve(exit);
  };
  const report = (readiness: Readiness): void => listeners.forEach((listener) => listener(readiness));

  if (failure === 'crash') {
    start.log('PHP Fatal error:  Uncaught Error: simulated failure');
    later(CRASH_MS, () => end({ exitCode: 1, reason: 'Error' }));
  } else if (failure === 'oom') {
    later(CRASH_MS, () => end({ exitCode: 137, reason: 'OOMKilled' }));
  } else if (failure === 'not-live') {
    later(CRASH_MS, () => {
      report({ ready: false, message: 'HTTP probe failed with statuscode: 500', probe: 'Liveness' });
      end({ exitCode: 137, reason: 'Error' });
    });
  } else if (failure === 'hang') {
    start.log(`${container.name}: working`);
  } else if (failure === 'task-fails' || failure === 'task-stalls') {
    const { lines, why } = behaviour.stuck?.(container) ?? { lines: [`${container.name}: working`], why: [] };
    lines.forEach((line) => start.log(line));
    if (failure === 'task-fails')
      later(TASK_MS, () => {
        why.forEach((line) => start.log(line));
        end({ exitCode: 1, reason: 'Error' });
      });
  } else if (start.finite) {
    start.log(`${container.name}: working`);
    later(TASK_MS, () => {
      start.log(`${container.name}: done`);
      const message = behaviour.reports?.(container);
      end({ exitCode: 0, reason: 'Completed', ...(message === undefined ? {} : { message }) });
    });
  } else if (failure === 'not-started') {
    later(behaviour.readyMs, () => report({ ready: false, message: 'command failed', probe: 'Startup' }));
  } else if (failure === 'not-ready') {
    later(behaviour.readyMs, () => report({ ready: false, message: 'HTTP probe failed with statuscode: 500' }));
  } else {
    behaviour.lines.forEach((line) => start.log(line));
    const readyMs = failure === 'slow-start' ? SLOW_START_MS : behaviour.readyMs;
    later(start.resumed ? 0 : readyMs, () => report({ ready: true }));
  }

  const title = pod.metadata.labels?.['app.kubernetes.io/instance'] ?? pod.metadata.namespace ?? '';
  return {
    exited,
    onReadiness: (listener) => void listeners.add(listener),
    stop: () => end({ exitCode: 0, reason: 'Completed' }),
    http: behaviour.serve
      ? (req, res) => {
          start.log(`"${req.method ?? 'GET'} ${req.url ?? '/'}" 200`);
          behaviour.serve?.(title, req, res);
        }
      : undefined,
  };
}

const isInit = ({ pod, container }: ContainerStart): boolean =>
  pod.spec?.initContainers?.some((init) => init.name === container.name) ?? false;
