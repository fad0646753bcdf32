/**
 * 6 HUB: numbers every change, keeps the latest for those who come back, and hands them to subscribers.
 * Changes are published in the order in which they were made; nothing here waits.
 */
import { randomBytes } from 'node:crypto';
import type { StoreChange } from '@shopyard/contracts';
import { SubscriberQueue } from './subscriber-queue.ts';

/** Changes kept for clients that reconnect. */
const RING = 20_000;

type Unnumbered<T> = T extends unknown ? Omit<T, 'seq'> : never;

export class EventHub {
  /** Names this run of the server: sequence numbers of another run mean nothing here. */
  readonly epoch = randomBytes(6).toString('base64url');
  readonly #ring: StoreChange[] = [];
  readonly #queues = new Set<SubscriberQueue>();
  #seq = 0;

  get seq(): number {
    return this.#seq;
  }

  get subscribers(): number {
    return this.#queues.size;
  }

  publish(change: Unnumbered<StoreChange>): void {
    const numbered = { ...change, seq: ++this.#seq };
    this.#ring.push(numbered);
    if (this.#ring.length > RING * 2) this.#ring.splice(0, RING);
    for (const queue of this.#queues) queue.push(numbered);
  }

  /** A queue of all changes from now on; the caller must close it. */
  subscribe(): SubscriberQueue {
    const queue = new SubscriberQueue(() => this.#queues.delete(queue));
    this.#queues.add(queue);
    return queue;
  }

  /** The id of a state that has seen everything up to `seq`. */
  idAt(seq: number): string {
    return `${this.epoch}:${seq}`;
  }

  /** What came after the event of this id; undefined when it is too old or of another run. */
  since(eventId: string): StoreChange[] | undefined {
    const [epoch, text = ''] = eventId.split(':');
    const seq = Number(text);
    if (epoch !== this.epoch || !Number.isInteger(seq) || seq > this.#seq) return undefined;
    const oldest = this.#ring[0]?.seq ?? this.#seq + 1;
    if (seq < oldest - 1) return undefined;
    return this.#ring.filter((change) => change.seq > seq);
  }
}
