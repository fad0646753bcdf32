/** One pod as its node sees it: the object, its events and status, and timers that end with it. */
import type { Cancel, Clock } from '../clock.ts';
import type { EventRecorder, EventText } from '../controllers/event-recorder.ts';
import type { ResourceMap } from '../objects.ts';
import type { Registry } from '../storage/registry.ts';
import type { ContainerRecord } from './container-record.ts';
import type { LogBook } from './log-book.ts';
import { podStatusOf } from './pod-status.ts';
import type { ContainerRuntime } from './runtime.ts';

type Pod = ResourceMap['pods'];

export interface NodeServices {
  registry: Registry;
  events: EventRecorder;
  clock: Clock;
  logs: LogBook;
  runtime: ContainerRuntime;
  /** Images already on the node: pulling one again is instant. */
  images: Set<string>;
}

export class PodOnNode {
  readonly ref: { plural: 'pods'; namespace: string; name: string };
  readonly #uid: string;
  readonly #node: NodeServices;
  readonly #timers = new Set<Cancel>();
  #stopping = false;

  constructor({ metadata }: Pod, node: NodeServices) {
    this.ref = { plural: 'pods', namespace: metadata.namespace ?? '', name: metadata.name };
    this.#uid = metadata.uid;
    this.#node = node;
  }

  get registry(): Registry {
    return this.#node.registry;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  /** Undefined once it is gone, also if another one has its name. */
  read(): Pod | undefined {
    const pod = this.registry.store.get('pods', this.ref.namespace, this.ref.name);
    return pod?.metadata.uid === this.#uid ? pod : undefined;
  }

  event(text: Omit<EventText, 'from'>): void {
    const pod = this.read();
    if (pod) this.#node.events.record(pod, { ...text, from: 'kubelet' });
  }

  writeStatus(records: readonly ContainerRecord[]): void {
    const pod = this.read();
    if (!pod || this.#stopping) return;
    const status = podStatusOf(pod, records, this.#node.clock.timestamp());
    this.registry.patch(this.ref, (draft) => {
      draft.status = status;
    });
  }

  later(ms: number, action: () => void): void {
    this.#keep((once) => this.#node.clock.after(ms, once), action);
  }

  /** Later, after a failure. */
  retry(ms: number, action: () => void): void {
    this.#keep((once) => this.#node.clock.retryAfter(ms, once), action);
  }

  #keep(schedule: (once: () => void) => Cancel, action: () => void): void {
    const cancel = schedule(() => {
      this.#timers.delete(cancel);
      if (!this.#stopping) action();
    });
    this.#timers.add(cancel);
  }

  /** From now on nothing happens later, and its status stays as it is. */
  stop(): void {
    this.#stopping = true;
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }
}
