/**
 * A way to wake a reconciler that is made before the reconciler is. Wiring is a line, not a circle: watches and calls
 * get a Wake, the controller connects to it last. A wake carries a key and never what happened: whoever it wakes looks
 * for itself.
 */
export interface WakeQueue {
  /** Looks at the key soon. */
  add(key: string): void;
  /** Also aborts what runs for the key, and drops its backoff. */
  interrupt(key: string): void;
}

export class Wake implements WakeQueue {
  readonly #early = new Map<string, keyof WakeQueue>();
  #queue: WakeQueue | undefined;

  add(key: string): void {
    if (this.#queue) this.#queue.add(key);
    else if (!this.#early.has(key)) this.#early.set(key, 'add');
  }

  interrupt(key: string): void {
    if (this.#queue) this.#queue.interrupt(key);
    else this.#early.set(key, 'interrupt');
  }

  /** Hands over the keys that came before. Throws when a queue is connected already. */
  connect(queue: WakeQueue): void {
    if (this.#queue) throw new Error('this wake has its queue already');
    this.#queue = queue;
    for (const [key, how] of this.#early) queue[how](key);
    this.#early.clear();
  }
}

/** A queue that acts at once, whatever the key. */
export function actOnWake(act: () => void): WakeQueue {
  return { add: act, interrupt: act };
}
