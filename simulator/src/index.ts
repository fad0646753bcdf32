/**
 * A Kubernetes API server with its controllers and one node, in this process.
 *
 * API calls change objects → controllers and the kubelet react → watches report. Containers run behind the interface
 * `node/runtime.ts`. Nothing here knows Shopyard: callers pass in what to simulate or run (`runtimes/embedded-engine.ts`).
 */
import { takeAddress } from './address.ts';
import { applyDefaults, defaultStorageClass } from './apiserver/admission/defaults.ts';
import { validateLease } from './apiserver/admission/leases.ts';
import { applyLimitRange, enforceQuota } from './apiserver/admission/limits.ts';
import { enforcePodSecurity } from './apiserver/admission/pod-security.ts';
import { validate } from './apiserver/admission/validate.ts';
import { serveApi } from './apiserver/api-server.ts';
import { bootstrapCluster } from './bootstrap.ts';
import { createClock } from './clock.ts';
import { controllers } from './controllers/all.ts';
import { runControllers } from './controllers/controller.ts';
import { createEventRecorder } from './controllers/event-recorder.ts';
import { kubeconfigFor } from './kubeconfig.ts';
import { startKubelet } from './node/kubelet.ts';
import { LogBook } from './node/log-book.ts';
import type { ContainerRuntime } from './node/runtime.ts';
import { createSimulatedRuntime } from './runtimes/simulated/simulated-runtime.ts';
import type { EngineSetting } from './runtimes/embedded-engine.ts';
import { openPersistentStore } from './storage/persistence.ts';
import { Registry } from './storage/registry.ts';

export interface SimulatorOptions {
  /** SQLite file that keeps the objects; `:memory:` (default) keeps nothing. */
  database?: string;
  /** A previous run's address, reused if its port is free; otherwise port and secret are new. */
  url?: string | undefined;
  /** Multiplies every delay: 1 (default) is realistic, 0 is immediate. */
  speed?: number;
  /** Milliseconds between the bookmarks of a watch; a minute by default, as at a real API server. */
  bookmarkMs?: number;
  /** How known images behave; all others only start. */
  engines?: readonly EngineSetting[];
  onError?: (error: unknown, what: string) => void;
}

export interface Simulator extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/SECRET`, without a trailing slash. */
  url: string;
  /** YAML; grants full access to the cluster. */
  kubeconfig: string;
  close(): Promise<void>;
}

/** Starts an embedded cluster; it listens on 127.0.0.1 when the promise resolves. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { database = ':memory:', speed = 1, bookmarkMs = 60_000, engines = [], onError = () => undefined } = options;
  const clock = createClock(speed);
  const { store, persistence } = openPersistentStore(database);
  const admissions = [
    applyDefaults,
    defaultStorageClass,
    applyLimitRange,
    validate,
    validateLease,
    enforcePodSecurity,
    enforceQuota,
  ];
  const registry = new Registry(store, clock, admissions);
  const events = createEventRecorder(registry);
  const logs = new LogBook();
  bootstrapCluster(registry);
  const simulated = createSimulatedRuntime(
    clock,
    engines.flatMap(({ engine }) => engine.simulated),
  );
  const runtime = engines.reduce<ContainerRuntime>((below, { engine, options }) => {
    const own = options && engine.createRuntime?.(options, { objects: store, below });
    if (!own) return below;
    return {
      start: (start) => own.start(start),
      bring: (image, say) => own.bring?.(image, say) ?? below.bring?.(image, say),
    };
  }, simulated);
  const kubelet = startKubelet({
    registry,
    events,
    clock,
    logs,
    runtime,
    images: new Set(),
  });
  const stopControllers = runControllers(controllers, { registry, events, onError });

  const address = await takeAddress(options.url);
  const api = serveApi(address.server, {
    registry,
    kubelet,
    logs,
    persistence,
    secret: address.secret,
    bookmarkMs,
    onError,
  });
  const { url } = address;

  const close = async (): Promise<void> => {
    stopControllers();
    kubelet.stop();
    await api.close();
    persistence.close();
  };
  return { url, kubeconfig: kubeconfigFor(url), close, [Symbol.asyncDispose]: close };
}
