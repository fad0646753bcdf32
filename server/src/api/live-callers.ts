/** Ends connections whose callers have lost what let them in, or may do something else now. */
import type { IncomingMessage } from 'node:http';
import { ShopyardError } from '@shopyard/contracts';
import type { Callers } from './caller.ts';
import type { Identity } from './identity.ts';

/** A revocation takes effect at once; this finds what expires. */
const LOOK_MS = 60_000;

interface Connection {
  req: IncomingMessage;
  identity: Identity;
  /** Called once. `unauthorized`: with the sentence that says what to do. */
  end: (unauthorized: string | undefined) => void;
}

export class LiveCallers implements Disposable {
  readonly #callers: Callers;
  readonly #open = new Set<Connection>();
  readonly #stop: () => void;

  constructor(callers: Callers) {
    this.#callers = callers;
    const stopListening = callers.onRevoked(() => void this.#look());
    const timer = setInterval(() => void this.#look(), LOOK_MS).unref();
    this.#stop = () => {
      clearInterval(timer);
      stopListening();
    };
  }

  /** Returns a function to call once the connection has closed. */
  add(connection: Connection): () => void {
    this.#open.add(connection);
    return () => this.#open.delete(connection);
  }

  [Symbol.dispose](): void {
    this.#stop();
  }

  async #look(): Promise<void> {
    for (const connection of this.#open) {
      const reason = await this.#whyEnd(connection);
      if (reason !== undefined && this.#open.delete(connection)) connection.end(reason || undefined);
    }
  }

  /** Empty if only its rights are others now; `undefined` if it stays. A failing disk ends nothing. */
  async #whyEnd({ req, identity }: Connection): Promise<string | undefined> {
    try {
      return JSON.stringify(await this.#callers.identifyAgain(req)) === JSON.stringify(identity) ? undefined : '';
    } catch (error) {
      const isOver = error instanceof ShopyardError && error.code === 'unauthorized';
      return isOver ? error.message : undefined;
    }
  }
}
