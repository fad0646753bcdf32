/** A pod's lifecycle on the node: volumes, init containers, containers, restarts, termination. */
import { claimsOf } from '../controllers/volumes.ts';
import type { ResourceMap } from '../objects.ts';
import { backoff, RETRY_MS, START_MS } from './backoff.ts';
import { type ContainerRecord, markUnstartable, recordOf, terminationMessage } from './container-record.ts';
import { failureOf } from './fault-injection.ts';
import { ImagePuller } from './image-puller.ts';
import { type NodeServices, PodOnNode } from './pod-on-node.ts';
import { missingReference, rootRefused } from './references.ts';
import type { Exit } from './runtime.ts';

type Pod = ResourceMap['pods'];

const STOP_MS = 250;
/** Interval between checks of claims that are not bound yet. */
const BIND_MS = 50;

export class PodWorker {
  readonly uid: string;
  readonly #pod: PodOnNode;
  readonly #node: NodeServices;
  readonly #records: ContainerRecord[];
  readonly #images: ImagePuller;

  constructor(pod: Pod, node: NodeServices) {
    this.uid = pod.metadata.uid;
    this.#pod = new PodOnNode(pod, node);
    this.#node = node;
    this.#images = new ImagePuller({
      pod: this.#pod,
      images: node.images,
      bring: (image, say) => node.runtime.bring?.(image, say),
      onChange: () => this.#writeStatus(),
      onPulled: (record) => this.#create(record),
    });
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
    const pod = this.#pod.read();
    if (!pod) return;
    const { namespace } = this.#pod.ref;
    const store = this.#node.registry.store;
    const unbound = claimsOf(pod).some(
      (name) => store.get('persistentvolumeclaims', namespace, name)?.status?.phase !== 'Bound',
    );
    if (unbound) return this.#pod.retry(BIND_MS, () => this.start());
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
    if (this.#pod.stopping) return;
    this.#pod.stop();
    const graceMs = (this.#pod.read()?.metadata.deletionGracePeriodSeconds ?? 30) * 1000;
    const running = this.#records.flatMap((record) => record.running ?? []);
    for (const container of running) container.stop(graceMs);
    void Promise.all(running.map((container) => container.exited)).then(() => {
      this.#node.clock.after(STOP_MS, () => {
        if (this.#pod.read()) this.#node.registry.delete(this.#pod.ref, { gracePeriodSeconds: 0 });
      });
    });
  }

  /** Drops the pod without a trace: it was force-deleted, or the cluster is shutting down. */
  abandon(): void {
    this.#pod.stop();
    for (const record of this.#records) record.running?.stop(0);
  }

  /** Starts whatever may start: the next init container, or all containers after those are done. */
  #advance(): void {
    const init = this.#records.find((record) => record.init && record.state.terminated?.exitCode !== 0);
    const due = init ? [init] : this.#records.filter((record) => !record.init);
    for (const record of due) {
      if (record.state.waiting?.reason === 'PodInitializing') this.#images.pull(record);
    }
    this.#writeStatus();
  }

  #create(record: ContainerRecord): void {
    const pod = this.#pod.read();
    if (!pod) return;
    const missing =
      missingReference(this.#node.registry.store, this.#pod.ref.namespace, record.spec) ??
      rootRefused(pod, record.spec);
    if (missing) {
      record.state = { waiting: { reason: 'CreateContainerConfigError', message: missing } };
      this.#pod.event({ type: 'Warning', reason: 'Failed', message: `Error: ${missing}` });
      this.#writeStatus();
      return this.#pod.retry(RETRY_MS * 5, () => this.#create(record));
    }
    if (failureOf(pod, record.spec.image ?? '', record.init)?.mode === 'no-command') return this.#cannotStart(record);
    this.#pod.event({ type: 'Normal', reason: 'Created', message: `Created container: ${record.spec.name}` });
    this.#pod.event({ type: 'Normal', reason: 'Started', message: `Started container ${record.spec.name}` });
    record.state = { running: { startedAt: this.#node.clock.timestamp() } };
    this.#run(record, false);
    this.#writeStatus();
  }

  #cannotStart(record: ContainerRecord): void {
    const message = markUnstartable(record, this.#node.clock.timestamp());
    this.#pod.event({ type: 'Warning', reason: 'Failed', message: `Error: ${message}` });
    this.#writeStatus();
    this.#pod.retry(backoff(record.restarts), () => {
      record.restarts += 1;
      this.#create(record);
    });
  }

  #run(record: ContainerRecord, resumed: boolean): void {
    const pod = this.#pod.read();
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
      record.started ||= ready;
      if (message)
        this.#pod.event({ type: 'Warning', reason: 'Unhealthy', message: `${probe} probe failed: ${message}` });
      this.#writeStatus();
    });
    void running.exited.then((exit) => this.#exited(record, exit));
  }

  #exited(record: ContainerRecord, exit: Exit): void {
    record.running = undefined;
    record.ready = false;
    record.started = false;
    this.#node.logs.end(this.uid, record.spec.name);
    if (this.#pod.stopping) return;
    const finishedAt = this.#node.clock.timestamp();
    const startedAt = record.state.running?.startedAt ?? finishedAt;
    const message = terminationMessage(record, exit, this.#node.logs.lines(this.uid, record.spec.name));
    const { exitCode, reason } = exit;
    record.state = { terminated: { exitCode, reason, startedAt, finishedAt, ...(message ? { message } : {}) } };
    this.#writeStatus();
    const policy = this.#pod.read()?.spec?.restartPolicy ?? 'Always';
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
      const text = `back-off ${seconds}s restarting failed container=${name} pod=${this.#pod.ref.name}_${this.#pod.ref.namespace}(${this.uid})`;
      record.state = { waiting: { reason: 'CrashLoopBackOff', message: text } };
      const message = `Back-off restarting failed container ${name} in pod ${this.#pod.ref.name}_${this.#pod.ref.namespace}(${this.uid})`;
      this.#pod.event({ type: 'Warning', reason: 'BackOff', message });
    }
    this.#writeStatus();
    this.#pod.retry(wait, () => {
      record.restarts += 1;
      this.#create(record);
    });
  }

  #writeStatus(): void {
    this.#pod.writeStatus(this.#records);
  }
}
