/** Simulates containers: realistic start times and log lines, failures on demand, a small shop over HTTP. */
import type { Cancel, Clock } from '../../clock.ts';
import { failureOf } from '../../node/fault-injection.ts';
import type { ContainerRuntime, ContainerStart, Exit, Readiness, RunningContainer } from '../../node/runtime.ts';
import { serveShop } from './simulated-shop.ts';

interface Behaviour {
  /** Milliseconds until the readiness probe passes. */
  readyMs: number;
  lines: readonly string[];
  shop?: boolean;
}

const BEHAVIOURS: readonly { image: RegExp; behaviour: Behaviour }[] = [
  {
    image: /mariadb|mysql/,
    behaviour: {
      readyMs: 1800,
      lines: [
        '[Note] [Entrypoint]: Entrypoint script for MariaDB Server started.',
        '[Note] [Entrypoint]: Initializing database files',
        '[Note] [Entrypoint]: MariaDB init process done. Ready for start up.',
        '[Note] mariadbd: ready for connections.',
      ],
    },
  },
  {
    image: /wordpress/,
    behaviour: {
      readyMs: 1500,
      shop: true,
      lines: [
        'WordPress not found in /var/www/html - copying now...',
        'Complete! WordPress has been successfully copied to /var/www/html',
        '[mpm_prefork:notice] Apache/2.4 configured -- resuming normal operations',
      ],
    },
  },
];
const OTHER: Behaviour = { readyMs: 500, lines: ['started'] };
const TASK_MS = 1200;
const SLOW_START_MS = 60_000;
const CRASH_MS = 600;

export function createSimulatedRuntime(clock: Clock): ContainerRuntime {
  return { start: (start) => run(start, clock) };
}

function run(start: ContainerStart, clock: Clock): RunningContainer {
  const { container, pod, attempt } = start;
  const image = container.image ?? '';
  const behaviour = BEHAVIOURS.find((entry) => entry.image.test(image))?.behaviour ?? OTHER;
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
  const tell = (readiness: Readiness): void => listeners.forEach((listener) => listener(readiness));

  if (failure === 'crash') {
    start.log('PHP Fatal error:  Uncaught Error: this failure was asked for');
    later(CRASH_MS, () => end({ exitCode: 1, reason: 'Error' }));
  } else if (failure === 'oom') {
    later(CRASH_MS, () => end({ exitCode: 137, reason: 'OOMKilled' }));
  } else if (failure === 'not-live') {
    later(CRASH_MS, () => {
      tell({ ready: false, message: 'HTTP probe failed with statuscode: 500', probe: 'Liveness' });
      end({ exitCode: 137, reason: 'Error' });
    });
  } else if (failure === 'hang') {
    start.log(`${container.name}: working`);
  } else if (start.finite) {
    start.log(`${container.name}: working`);
    later(TASK_MS, () => {
      start.log(`${container.name}: done`);
      end({ exitCode: 0, reason: 'Completed' });
    });
  } else if (failure === 'not-started') {
    later(behaviour.readyMs, () => tell({ ready: false, message: 'command failed', probe: 'Startup' }));
  } else if (failure === 'not-ready') {
    later(behaviour.readyMs, () => tell({ ready: false, message: 'HTTP probe failed with statuscode: 500' }));
  } else {
    behaviour.lines.forEach((line) => start.log(line));
    const readyMs = failure === 'slow-start' ? SLOW_START_MS : behaviour.readyMs;
    later(start.resumed ? 0 : readyMs, () => tell({ ready: true }));
  }

  const title = pod.metadata.labels?.['app.kubernetes.io/instance'] ?? pod.metadata.namespace ?? '';
  return {
    exited,
    onReadiness: (listener) => void listeners.add(listener),
    stop: () => end({ exitCode: 0, reason: 'Completed' }),
    http: behaviour.shop
      ? (req, res) => {
          start.log(`"${req.method ?? 'GET'} ${req.url ?? '/'}" 200`);
          serveShop(title, req, res);
        }
      : undefined,
  };
}

const isInit = ({ pod, container }: ContainerStart): boolean =>
  pod.spec?.initContainers?.some((init) => init.name === container.name) ?? false;
