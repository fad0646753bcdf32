/** A container's HTTP probes, asked of its process as a kubelet asks: again and again, each with its own patience. */
import { type Agent, request } from 'node:http';
import type { Container, Probe } from 'kubernetes-types/core/v1.js';
import type { Readiness } from '../runtime.ts';

const FIRST_MS = 500;
const FIRST_TIMEOUT_MS = 30_000;

export interface Probed {
  /** Path of the Unix socket that its process answers on. */
  socketPath: string;
  container: Container;
  agent: Agent;
}

/** Resolves when the readiness probe is answered well for the first time; rejects when nothing answers. */
export async function untilReady(probed: Probed): Promise<void> {
  for (;;) {
    const failure = await ask(probed, probed.container.readinessProbe, FIRST_TIMEOUT_MS);
    if (failure === undefined) return;
    if (!failure.startsWith('HTTP')) throw new Error("the store's process does not answer");
    await new Promise((resolve) => setTimeout(resolve, FIRST_MS));
  }
}

export interface ProbeListener {
  onReadiness: (readiness: Readiness) => void;
  /** It is to be ended and started again. */
  onDead: () => void;
}

/** Asks until the result is called. The container is ready when that begins. */
export function keepProbing(probed: Probed, { onReadiness, onDead }: ProbeListener): () => void {
  const { readinessProbe, livenessProbe } = probed.container;
  let ready = true;
  const stops = [
    repeat(probed, readinessProbe, (message, failures) => {
      const isReady = failures < (readinessProbe?.failureThreshold ?? 3);
      if (message === undefined && ready) return;
      ready = message === undefined || (ready && isReady);
      onReadiness({ ready, ...(message === undefined ? {} : { message }) });
    }),
    repeat(probed, livenessProbe, (message, failures) => {
      if (message === undefined) return;
      onReadiness({ ready, message, probe: 'Liveness' });
      if (failures >= (livenessProbe?.failureThreshold ?? 3)) onDead();
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

/** Calls back after each try: why it failed, and how many have failed in a row. */
function repeat(
  probed: Probed,
  probe: Probe | undefined,
  tell: (failure: string | undefined, failures: number) => void,
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
        tell(failure, failures);
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

/** Why the probe failed, as the kubelet words it; undefined when it did not. */
function ask({ socketPath, agent }: Probed, probe: Probe | undefined, timeout: number): Promise<string | undefined> {
  const { path = '/', port = 80, httpHeaders = [] } = probe?.httpGet ?? {};
  const url = `http://localhost:${port}${path}`;
  const headers = Object.fromEntries(httpHeaders.map(({ name, value }) => [name, value]));
  return new Promise((resolve) => {
    const asked = request({ socketPath, path, headers, agent, timeout }, (response) => {
      response.resume();
      const { statusCode = 0 } = response;
      resolve(statusCode >= 200 && statusCode < 400 ? undefined : `HTTP probe failed with statuscode: ${statusCode}`);
    });
    asked.once('timeout', () => {
      resolve(`Get "${url}": context deadline exceeded`);
      asked.destroy();
    });
    asked.once('error', (error) => resolve(`Get "${url}": ${error.message}`));
    asked.end();
  });
}
