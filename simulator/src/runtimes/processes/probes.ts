/** Runs a container's HTTP probes against its process, as a kubelet does: periodically, each with its own threshold. */
import { type Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container, Probe } from 'kubernetes-types/core/v1.js';
import type { Readiness } from '../../node/runtime.ts';

const FIRST_MS = 500;
const LATE = 'context deadline exceeded';
/** Access logs show by it that nobody asked for the page. */
const USER_AGENT = 'kube-probe/1.34';

export interface Probed {
  /** Path of its process's Unix socket. */
  socketPath: string;
  container: Container;
  agent: Agent;
}

/** Resolves when the startup probe passes; rejects once it reaches its failure threshold. */
export async function untilStarted(probed: Probed): Promise<void> {
  const { startupProbe } = probed.container;
  if (!startupProbe?.httpGet) return;
  const { periodSeconds = 10, timeoutSeconds = 1, failureThreshold = 3 } = startupProbe;
  for (let failures = 0; ;) {
    const failure = await ask(probed, startupProbe, timeoutSeconds * 1000);
    if (failure === undefined) return;
    failures += 1;
    if (failures >= failureThreshold) throw new Error(`Startup probe failed: ${failure}`);
    await sleep(periodSeconds * 1000);
  }
}

/**
 * Resolves when the readiness probe first succeeds, however long that takes; rejects when nothing
 * listens any more. `onAnswer`: called on any response, successful or not.
 */
export async function untilReady(probed: Probed, onAnswer: () => void): Promise<void> {
  const { readinessProbe } = probed.container;
  for (;;) {
    const failure = await ask(probed, readinessProbe, (readinessProbe?.timeoutSeconds ?? 1) * 1000);
    if (failure === undefined || failure.startsWith('HTTP')) onAnswer();
    if (failure === undefined) return;
    if (!failure.startsWith('HTTP') && !failure.includes(LATE)) throw new Error("the store's process does not answer");
    await sleep(FIRST_MS);
  }
}

/** Probes until the result is called. The container is ready at that point. */
export function watchReadiness(probed: Probed, onReadiness: (readiness: Readiness) => void): () => void {
  const { readinessProbe } = probed.container;
  let ready = true;
  return repeat(probed, readinessProbe, (message, failures) => {
    const isReady = failures < (readinessProbe?.failureThreshold ?? 3);
    if (message === undefined && ready) return;
    ready = message === undefined || (ready && isReady);
    onReadiness({ ready, ...(message === undefined ? {} : { message }) });
  });
}

/** Probes until the result is called. `onFailure`: `isDead` means that the container must be restarted. */
export function watchLiveness(probed: Probed, onFailure: (message: string, isDead: boolean) => void): () => void {
  const { livenessProbe } = probed.container;
  return repeat(probed, livenessProbe, (message, failures) => {
    if (message !== undefined) onFailure(message, failures >= (livenessProbe?.failureThreshold ?? 3));
  });
}

/** Calls back after each attempt with the failure reason and the number of consecutive failures. */
function repeat(
  probed: Probed,
  probe: Probe | undefined,
  report: (failure: string | undefined, failures: number) => void,
): () => void {
  if (!probe?.httpGet) return () => undefined;
  const { periodSeconds = 10, timeoutSeconds = 1 } = probe;
  let failures = 0;
  let stopped = false;
  let timer: NodeJS.Timeout;
  const next = (): void => {
    timer = setTimeout(() => {
      void ask(probed, probe, timeoutSeconds * 1000).then((failure) => {
        if (stopped) return;
        failures = failure === undefined ? 0 : failures + 1;
        report(failure, failures);
        if (!stopped) next();
      });
    }, periodSeconds * 1000).unref();
  };
  next();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** Why the probe failed, worded like the kubelet; undefined if it passed. */
function ask({ socketPath, agent }: Probed, probe: Probe | undefined, timeout: number): Promise<string | undefined> {
  const { path = '/', port = 80, httpHeaders = [] } = probe?.httpGet ?? {};
  const url = `http://localhost:${port}${path}`;
  const given = httpHeaders.map(({ name, value }) => [name.toLowerCase(), value] as const);
  const headers = { 'user-agent': USER_AGENT, ...Object.fromEntries(given) };
  return new Promise((resolve) => {
    const asked = request({ socketPath, path, headers, agent, timeout }, (response) => {
      response.resume();
      const { statusCode = 0 } = response;
      resolve(statusCode >= 200 && statusCode < 400 ? undefined : `HTTP probe failed with statuscode: ${statusCode}`);
    });
    asked.once('timeout', () => {
      // This process itself may be late: a response that has already arrived is read first.
      setImmediate(() => {
        resolve(`Get "${url}": ${LATE}`);
        asked.destroy();
      });
    });
    asked.once('error', (error) => resolve(`Get "${url}": ${error.message}`));
    asked.end();
  });
}
