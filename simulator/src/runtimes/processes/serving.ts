/** A serving WordPress container: its process, its readiness, and its sleep while idle. */
import { messageOf } from '../../error-message.ts';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { Agent, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { ContainerStart, Exit, Readiness, RunningContainer } from '../../node/runtime.ts';
import type { Launcher } from './launcher.ts';
import { passRequest } from './pass-request.ts';
import { type Probed, untilReady, untilStarted, watchLiveness, watchReadiness } from './probes.ts';
import type { StoreProcess } from './store-process.ts';
import type { Turns } from './turns.ts';
import { wakingPage } from './waking-page.ts';

/** Grace period for a store that goes to sleep. */
const SLEEP_GRACE_MS = 30_000;
const GRACE_S = 30;
/** 8 characters: a socket's path is limited to about a hundred bytes. */
const NAME_BYTES = 6;

export interface ServingOptions {
  launcher: Launcher;
  spec: object;
  turns: Turns;
  idleMs: number;
  /** Folder for its process's socket. */
  sockets: string;
  /** Why it can't start now; undefined if it can. */
  refusal: () => string | undefined;
}

export function serve({ pod, container, resumed, log }: ContainerStart, options: ServingOptions): RunningContainer {
  const { launcher, spec, turns, idleMs, sockets, refusal } = options;
  const ended = Promise.withResolvers<Exit>();
  const listeners = new Set<(readiness: Readiness) => void>();
  const agent = new Agent({ keepAlive: true });
  const graceMs = (pod.spec?.terminationGracePeriodSeconds ?? GRACE_S) * 1000;
  let running: StoreProcess | undefined;
  let waking: Promise<string> | undefined;
  let stopping = false;
  let isAwake = false;
  let underWay = 0;
  let idle: NodeJS.Timeout | undefined;
  let endProbes = (): void => undefined;
  let isReady = false;
  const report = (readiness: Readiness): void => {
    isReady = readiness.ready;
    listeners.forEach((listener) => listener(readiness));
  };

  /** The socket of its process, which starts if it is asleep. */
  const awake = (): Promise<string> => (waking ??= wake());
  const wake = async (): Promise<string> => {
    const done = await turns.take();
    try {
      const why = refusal();
      if (why) throw new Error(why);
      if (stopping) throw new Error('the container is being stopped');
      // A new name each time, so that leftovers of a killed process don't interfere.
      const socketPath = join(sockets, randomBytes(NAME_BYTES).toString('base64url'));
      const started = launcher.serve({ ...spec, socket: socketPath }, log);
      running = started;
      void started.exited.then((code) => {
        rmSync(socketPath, { force: true });
        if (running !== started) return;
        running = undefined;
        isAwake = false;
        endProbes();
        // A sleeping store has no process, but it hasn't exited.
        ended.resolve({ exitCode: code, reason: code === 0 ? 'Completed' : 'Error' });
      });
      await started.listening;
      await watch(started, { socketPath, container, agent }, done);
      touch();
      return socketPath;
    } catch (error) {
      // The next request tries again with a new process.
      waking = undefined;
      running?.stop(graceMs);
      throw error;
    } finally {
      done();
    }
  };
  /** Resolves when it is ready. It may die before that. */
  const watch = async (started: StoreProcess, probed: Probed, onAnswer: () => void): Promise<void> => {
    await untilStarted(probed);
    const endLiveness = watchLiveness(probed, (message, isDead) => {
      report({ ready: isReady, message, probe: 'Liveness' });
      if (isDead) started.stop(graceMs);
    });
    endProbes = endLiveness;
    // The CPU-bound part is over: another store may start, even if this one never becomes ready.
    await untilReady(probed, onAnswer);
    isAwake = true;
    const endReadiness = watchReadiness(probed, report);
    endProbes = () => {
      endLiveness();
      endReadiness();
    };
  };
  const sleep = (): void => {
    const sleeper = running;
    if (!sleeper || !isAwake || stopping) return;
    if (underWay > 0) return touch();
    running = undefined;
    waking = undefined;
    isAwake = false;
    endProbes();
    // Regardless of its last probe: only a ready store receives requests, and they wake it.
    ready();
    log('Nobody asked for a while: the store sleeps, and the next request wakes it.');
    sleeper.stop(SLEEP_GRACE_MS);
  };
  const touch = (): void => {
    clearTimeout(idle);
    if (idleMs > 0 && isAwake && !stopping) idle = setTimeout(sleep, idleMs).unref();
  };

  let isOver = false;
  void ended.promise.then(() => (isOver = true));
  const ready = (): void => report({ ready: true });
  // After a cluster restart a store stays asleep: starting many at once would keep the machine busy for minutes.
  if (resumed && idleMs > 0) queueMicrotask(ready);
  else
    awake().then(ready, (error: unknown) => {
      if (!stopping) log(messageOf(error));
      // Otherwise it ends with its process.
      if (!running) ended.resolve({ exitCode: 1, reason: 'Error' });
    });

  return {
    exited: ended.promise,
    onReadiness: (listener) => void listeners.add(listener),
    pid: () => running?.pid,
    stop(graceMs) {
      stopping = true;
      clearTimeout(idle);
      endProbes();
      // A pending request is answered first.
      void ended.promise.then(() => agent.destroy());
      if (running) running.stop(graceMs);
      else ended.resolve({ exitCode: 0, reason: 'Completed' });
    },
    http(req, res) {
      // A forwarded connection is bound to the process it was opened to, as on a node, and ends with it.
      if (isOver) return void req.socket.destroy();
      touch();
      if (!isAwake && wantsPage(req)) {
        awake().catch((error: unknown) => log(messageOf(error)));
        return wakingPage(res);
      }
      underWay += 1;
      res.once('close', () => (underWay -= 1));
      awake().then(
        (socketPath) => passRequest({ socketPath, agent }, req, res),
        (error: unknown) => res.writeHead(503, { 'Content-Type': 'text/plain' }).end(`${messageOf(error)}\n`),
      );
    },
  };
}

function wantsPage({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html');
}
