/** A WordPress container that serves: its process, whether it is ready, and its sleep while nobody asks. */
import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { ContainerStart, Exit, Readiness, RunningContainer } from '../runtime.ts';
import { startProcess, type StoreProcess } from './store-process.ts';
import type { Turns } from './turns.ts';
import { wakingPage } from './waking-page.ts';

const PROBE_MS = 500;
const PROBE_TIMEOUT_MS = 30_000;

export interface ServingOptions {
  program: string;
  spec: object;
  turns: Turns;
  idleMs: number;
  /** Why it can't be started now; undefined when it can. */
  refusal: () => string | undefined;
}

export function serve({ container, resumed, log }: ContainerStart, options: ServingOptions): RunningContainer {
  const { program, spec, turns, idleMs, refusal } = options;
  const ended = Promise.withResolvers<Exit>();
  const listeners = new Set<(readiness: Readiness) => void>();
  const agent = new Agent({ keepAlive: true });
  let running: StoreProcess | undefined;
  let waking: Promise<number> | undefined;
  let stopping = false;
  let isAwake = false;
  let underWay = 0;
  let idle: NodeJS.Timeout | undefined;

  /** The port of the process, which is started where it sleeps. */
  const awake = (): Promise<number> => (waking ??= wake());
  const wake = async (): Promise<number> => {
    const done = await turns.take();
    try {
      const why = refusal();
      if (why) throw new Error(why);
      if (stopping) throw new Error('the container is being stopped');
      const started = startProcess(program, spec, log);
      running = started;
      void started.exited.then((code) => {
        if (running !== started) return;
        running = undefined;
        isAwake = false;
        // Asleep it has no process, and that is no end.
        ended.resolve({ exitCode: code, reason: code === 0 ? 'Completed' : 'Error' });
      });
      const port = await started.port;
      await probe(port, container, agent);
      isAwake = true;
      touch();
      return port;
    } catch (error) {
      // The next request tries again.
      waking = undefined;
      throw error;
    } finally {
      done();
    }
  };
  const sleep = (): void => {
    const sleeper = running;
    if (!sleeper || !isAwake || stopping) return;
    if (underWay > 0) return touch();
    running = undefined;
    waking = undefined;
    isAwake = false;
    log('Nobody asked for a while: the store sleeps, and the next request wakes it.');
    sleeper.stop(PROBE_TIMEOUT_MS);
  };
  const touch = (): void => {
    clearTimeout(idle);
    if (idleMs > 0 && isAwake && !stopping) idle = setTimeout(sleep, idleMs).unref();
  };

  const ready = (): void => listeners.forEach((listener) => listener({ ready: true }));
  // After a restart of the cluster a store sleeps on: many at once would keep the machine busy for minutes.
  if (resumed && idleMs > 0) queueMicrotask(ready);
  else
    awake().then(ready, (error: unknown) => {
      if (!stopping) log((error as Error).message);
      ended.resolve({ exitCode: 1, reason: 'Error' });
    });

  return {
    exited: ended.promise,
    onReadiness: (listener) => void listeners.add(listener),
    stop(graceMs) {
      stopping = true;
      clearTimeout(idle);
      agent.destroy();
      if (running) running.stop(graceMs);
      else ended.resolve({ exitCode: 0, reason: 'Completed' });
    },
    http(req, res) {
      touch();
      if (!isAwake && wantsPage(req)) {
        awake().catch((error: unknown) => log((error as Error).message));
        return wakingPage(res);
      }
      underWay += 1;
      res.once('close', () => (underWay -= 1));
      awake().then(
        (port) => pass({ port, agent }, req, res),
        (error: unknown) => res.writeHead(503, { 'Content-Type': 'text/plain' }).end(`${(error as Error).message}\n`),
      );
    },
  };
}

function wantsPage({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html');
}

/** Until the container's own readiness probe is answered well. */
async function probe(port: number, { readinessProbe }: ContainerStart['container'], agent: Agent): Promise<void> {
  const { path = '/', httpHeaders = [] } = readinessProbe?.httpGet ?? {};
  const headers = Object.fromEntries(httpHeaders.map(({ name, value }) => [name, value]));
  for (;;) {
    const status = await new Promise<number>((resolve) => {
      const asked = request(
        { host: '127.0.0.1', port, path, headers, agent, timeout: PROBE_TIMEOUT_MS },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      asked.once('error', () => resolve(0)).once('timeout', () => asked.destroy());
      asked.end();
    });
    if (status >= 200 && status < 400) return;
    if (status === 0) throw new Error("the store's process does not answer");
    await new Promise((resolve) => setTimeout(resolve, PROBE_MS));
  }
}

function pass({ port, agent }: { port: number; agent: Agent }, req: IncomingMessage, res: ServerResponse): void {
  const { method, url: path, headers } = req;
  const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => {
    res.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(res);
  });
  outgoing.once('error', () => {
    if (res.headersSent) res.destroy();
    else res.writeHead(502, { 'Content-Type': 'text/plain' }).end('The store did not answer.\n');
  });
  req.pipe(outgoing);
}
