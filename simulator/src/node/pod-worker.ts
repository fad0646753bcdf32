/** A pod's lifecycle on the node: volumes, init containers, containers, restarts, termination. */
import type { Cancel, Clock } from '../clock.ts';
import type { EventRecorder, EventText } from '../controllers/event-recorder.ts';
import { claimsOf } from '../controllers/volumes.ts';
import type { ResourceMap } from '../objects.ts';
import type { Registry } from '../storage/registry.ts';
import { type ContainerRecord, lastLines, markUnstartable, recordOf } from './container-record.ts';
import { failureOf, pullError, refusedImage } from './fault-injection.ts';
import type { LogBook } from './log-book.ts';
import { podStatusOf } from './pod-status.ts';
import { missingReference, missingVolume, rootRefused } from './references.ts';
import type { ContainerRuntime, Exit } from './runtime.ts';

type Pod = ResourceMap['pods'];

const PULL_MS = 700;
const START_MS = 80;
const RETRY_MS = 1000;
const STOP_MS = 250;
/** Interval between checks of claims that are not bound yet. */
const BIND_MS = 50;
/** The kubelet's back-off for crashes and pulls: 10 s doubled up to 5 minutes. */
const BACKOFF_MS = 10_000;
const MAX_BACKOFF_MS = 300_000;

export interface NodeServices {
  registry: Registry;
  events: EventRecorder;
  clock: Clock;
  logs: LogBook;
  runtime: ContainerRuntime;
  /** Images already on the node: pulling one again is instant. */
  images: Set<string>;
}

export class PodWorker {
  readonly uid: string;
  readonly #ref: { plural: 'pods'; namespace: string; name: string };
  readonly #node: NodeServices;
  readonly #records: ContainerRecord[];
  readonly #timers = new Set<Cancel>();
  #stopping = false;

  constructor(pod: Pod, node: NodeServices) {
    this.uid = pod.metadata.uid;
    this.#ref = { plural: 'pods', namespace: pod.metadata.namespace ?? '', name: pod.metadata.name };
    this.#node = node;
    const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
    this.#records = [
      ...(pod.spec?.initContainers ?? []).map((spec) =>
        recordOf(
          spec,
          true,
          initContainerStatuses.find((s) => s.name === spec.name),
        ),
      ),
      ...(pod.spec?.containers ?? []).map((spec) =>
        recordOf(
          spec,
          false,
          containerStatuses.find((s) => s.name === spec.name),
        ),
      ),
    ];
  }

  /** Starts, or resumes from the pod's status. */
  start(): void {
    const pod = this.#pod();
    if (!pod) return;
    const { namespace } = this.#ref;
    const store = this.#node.registry.store;
    const unbound = claimsOf(pod).some(
      (name) => store.get('persistentvolumeclaims', namespace, name)?.status?.phase !== 'Bound',
    );
    if (unbound) return this.#later(BIND_MS, () => this.start());
    for (const record of this.#records) {
      if (record.state.running) this.#run(record, true);
      else if (record.state.terminated?.exitCode !== 0) record.state = { waiting: { reason: 'PodInitializing' } };
    }
    this.#advance();
  }

  /** Serves HTTP for the pod, through the first running container that can. */
  get http():
    ((...args: Parameters<NonNullable<NonNullable<ContainerRecord['running']>['http']>>) => void) | undefined {
    return this.#records.find((record) => record.running?.http)?.running?.http;
  }

  /** Its running containers. */
  get running(): { spec: ContainerRecord['spec']; pid?: (() => number | undefined) | undefined }[] {
    const running = this.#records.filter(({ state }) => state.running);
    return running.map(({ spec, running: container }) => ({ spec, pid: container?.pid }));
  }

  /** Stops the containers, then removes the pod. */
  stop(): void {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#cancelTimers();
    const graceMs = (this.#pod()?.metadata.deletionGracePeriodSeconds ?? 30) * 1000;
    const running = this.#records.flatMap((record) => record.running ?? []);
    for (const container of running) container.stop(graceMs);
    void Promise.all(running.map((container) => container.exited)).then(() => {
      this.#node.clock.after(STOP_MS, () => {
        if (this.#pod()) this.#node.registry.delete(this.#ref, { gracePeriodSeconds: 0 });
      });
    });
  }

  /** Drops the pod without a trace: it was force-deleted, or the cluster is shutting down. */
  abandon(): void {
    this.#stopping = true;
    this.#cancelTimers();
    for (const record of this.#records) record.running?.stop(0);
  }

  #pod(): Pod | undefined {
    const pod = this.#node.registry.store.get('pods', this.#ref.namespace, this.#ref.name);
    return pod?.metadata.uid === this.uid ? pod : undefined;
  }

  /** Starts whatever may start: the next init container, or all containers after those are done. */
  #advance(): void {
    const init = this.#records.find((record) => record.init && record.state.terminated?.exitCode !== 0);
    const due = init ? [init] : this.#records.filter((record) => !record.init);
    for (const record of due) {
      if (record.state.waiting?.reason === 'PodInitializing') this.#pull(record);
    }
    this.#writeStatus();
  }

  #pull(record: ContainerRecord, attempt = 0): void {
    const pod = this.#pod();
    const image = record.spec.image ?? '';
    if (!pod) return;
    record.state = { waiting: { reason: 'ContainerCreating' } };
    const unmounted = missingVolume(this.#node.registry.store, pod);
    if (unmounted) {
      this.#event({ type: 'Warning', reason: 'FailedMount', message: unmounted });
      return this.#later(RETRY_MS * 2, () => this.#pull(record, attempt));
    }
    const never = refusedImage(image, this.#node.images.has(image), record.spec.imagePullPolicy);
    if (never) {
      record.state = { waiting: never };
      this.#event({ type: 'Warning', reason: 'Failed', message: `Error: ${never.reason}` });
      this.#writeStatus();
      return this.#later(RETRY_MS * 5, () => this.#pull(record, attempt));
    }
    const asked = failureOf(pod, image, record.init);
    const refusal = asked && attempt < asked.times ? pullError(asked.mode, image) : undefined;
    if (refusal) return this.#later(PULL_MS / 2, () => this.#pullFailed(record, { attempt, refusal }));
    const present = this.#node.images.has(image);
    if (!present) this.#event({ type: 'Normal', reason: 'Pulling', message: `Pulling image "${image}"` });
    this.#later(present ? START_MS : PULL_MS, () => {
      const message = present
        ? `Container image "${image}" already present on machine`
        : `Successfully pulled image "${image}"`;
      this.#node.images.add(image);
      this.#event({ type: 'Normal', reason: 'Pulled', message });
      this.#create(record);
    });
  }

  #pullFailed(record: ContainerRecord, { attempt, refusal }: { attempt: number; refusal: string }): void {
    const image = record.spec.image ?? '';
    this.#event({ type: 'Warning', reason: 'Failed', message: `Failed to pull image "${image}": ${refusal}` });
    this.#event({ type: 'Warning', reason: 'Failed', message: 'Error: ErrImagePull' });
    record.state = { waiting: { reason: 'ErrImagePull', message: refusal } };
    this.#writeStatus();
    this.#later(START_MS * 10, () => {
      record.state = {
        waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}": ErrImagePull: ${refusal}` },
      };
      this.#event({ type: 'Normal', reason: 'BackOff', message: `Back-off pulling image "${image}"` });
      this.#writeStatus();
      this.#later(backoff(attempt), () => this.#pull(record, attempt + 1));
    });
  }

  #create(record: ContainerRecord): void {
    const pod = this.#pod();
    if (!pod) return;
    const missing =
      missingReference(this.#node.registry.store, this.#ref.namespace, record.spec) ?? rootRefused(pod, record.spec);
    if (missing) {
      record.state = { waiting: { reason: 'CreateContainerConfigError', message: missing } };
      this.#event({ type: 'Warning', reason: 'Failed', message: `Error: ${missing}` });
      this.#writeStatus();
      return this.#later(RETRY_MS * 5, () => this.#create(record));
    }
    if (failureOf(pod, record.spec.image ?? '', record.init)?.mode === 'no-command') return this.#cannotStart(record);
    this.#event({ type: 'Normal', reason: 'Created', message: `Created container: ${record.spec.name}` });
    this.#event({ type: 'Normal', reason: 'Started', message: `Started container ${record.spec.name}` });
    record.state = { running: { startedAt: this.#node.clock.timestamp() } };
    this.#run(record, false);
    this.#writeStatus();
  }

  #cannotStart(record: ContainerRecord): void {
    const message = markUnstartable(record, this.#node.clock.timestamp());
    this.#event({ type: 'Warning', reason: 'Failed', message: `Error: ${message}` });
    this.#writeStatus();
    this.#later(backoff(record.restarts), () => {
      record.restarts += 1;
      this.#create(record);
    });
  }

  #run(record: ContainerRecord, resumed: boolean): void {
    const pod = this.#pod();
    if (!pod) return;
    const { name } = record.spec;
    this.#node.logs.rotate(this.uid, name);
    const running = this.#node.runtime.start({
      pod,
      container: record.spec,
      attempt: record.restarts,
      finite: record.init || pod.spec?.restartPolicy !== 'Always',
      resumed,
      log: (line) => this.#node.logs.write(this.uid, name, line),
    });
    record.running = running;
    running.onReadiness(({ ready, message, probe = 'Readiness' }) => {
      record.ready = ready;
      if (message) this.#event({ type: 'Warning', reason: 'Unhealthy', message: `${probe} probe failed: ${message}` });
      this.#writeStatus();
    });
    void running.exited.then((exit) => this.#exited(record, exit));
  }

  #exited(record: ContainerRecord, exit: Exit): void {
    record.running = undefined;
    record.ready = false;
    this.#node.logs.end(this.uid, record.spec.name);
    if (this.#stopping) return;
    const finishedAt = this.#node.clock.timestamp();
    const startedAt = record.state.running?.startedAt ?? finishedAt;
    const message = lastLines(record, exit, this.#node.logs.lines(this.uid, record.spec.name));
    record.state = { terminated: { ...exit, startedAt, finishedAt, ...(message ? { message } : {}) } };
    this.#writeStatus();
    const policy = this.#pod()?.spec?.restartPolicy ?? 'Always';
    const restart = exit.exitCode !== 0 ? policy !== 'Never' : policy === 'Always' && !record.init;
    if (restart) this.#restart(record);
    else if (record.init && exit.exitCode === 0) this.#advance();
  }

  #restart(record: ContainerRecord): void {
    const { name } = record.spec;
    const wait = record.restarts === 0 ? START_MS * 10 : backoff(record.restarts - 1);
    record.lastState = record.state;
    if (record.restarts > 0) {
      const seconds = Math.round(wait / 1000);
      const text = `back-off ${seconds}s restarting failed container=${name} pod=${this.#ref.name}_${this.#ref.namespace}(${this.uid})`;
      record.state = { waiting: { reason: 'CrashLoopBackOff', message: text } };
      const message = `Back-off restarting failed container ${name} in pod ${this.#ref.name}_${this.#ref.namespace}(${this.uid})`;
      this.#event({ type: 'Warning', reason: 'BackOff', message });
    }
    this.#writeStatus();
    this.#later(wait, () => {
      record.restarts += 1;
      this.#create(record);
    });
  }

  #writeStatus(): void {
    const pod = this.#pod();
    if (!pod || this.#stopping) return;
    const status = podStatusOf(pod, this.#records, this.#node.clock.timestamp());
    this.#node.registry.patch(this.#ref, (draft) => {
      draft.status = status;
    });
  }

  #event(text: Omit<EventText, 'from'>): void {
    const pod = this.#pod();
    if (pod) this.#node.events.record(pod, { ...text, from: 'kubelet' });
  }

  #later(ms: number, action: () => void): void {
    const cancel = this.#node.clock.after(ms, () => {
      this.#timers.delete(cancel);
      if (!this.#stopping) action();
    });
    this.#timers.add(cancel);
  }

  #cancelTimers(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }
}

function backoff(attempt: number): number {
  return Math.min(BACKOFF_MS * 2 ** attempt, MAX_BACKOFF_MS);
}
