/** The page's side of regex-worker.ts. */
import type { Match, Search } from './match-lines.ts';
import type { Answered, Asked } from './regex-worker.ts';

/** Milliseconds for one batch: a plain expression takes about one. */
const BUDGET_MS = 1500;

/** A worker that runs regex-worker.ts. */
export interface RegexWorker {
  ask(message: Asked): void;
  end(): void;
}

export interface RegexListener {
  onAnswer: (answer: Answered) => void;
  onFailure: () => void;
}

export type StartWorker = (listener: RegexListener) => RegexWorker;

/** An expression took longer than its budget, or the worker could not start. */
class SlowExpressionError extends Error {}

interface Waiting {
  resolve: (matches: Match[]) => void;
  reject: (error: Error) => void;
}

export class WorkerMatcher {
  readonly #worker: RegexWorker;
  readonly #budgetMs: number;
  /** Batches that are sent once the worker has loaded. */
  #unsent: Asked | undefined;
  #isReady = false;
  #hasFailed = false;
  #number = 0;
  #waiting: Waiting | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(search: Search, start: StartWorker, budgetMs = BUDGET_MS) {
    this.#budgetMs = budgetMs;
    this.#worker = start({ onAnswer: (answer) => this.#take(answer), onFailure: () => this.#fail() });
    this.#worker.ask({ search });
  }

  /** One call at a time. Rejects with SlowExpressionError. */
  match(texts: string[]): Promise<Match[]> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      if (this.#hasFailed) return this.#fail();
      this.#unsent = { number: (this.#number += 1), texts };
      if (this.#isReady) this.#send();
    });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#worker.end();
  }

  #take(data: Answered): void {
    if ('ready' in data) {
      this.#isReady = true;
      return this.#send();
    }
    if (data.number !== this.#number) return;
    clearTimeout(this.#timer);
    this.#waiting?.resolve(data.matches);
  }

  /** The budget begins here: loading the worker takes as long as the network does. */
  #send(): void {
    if (!this.#unsent) return;
    this.#worker.ask(this.#unsent);
    this.#unsent = undefined;
    this.#timer = setTimeout(() => this.#fail(), this.#budgetMs);
  }

  #fail(): void {
    this.#hasFailed = true;
    this.stop();
    this.#waiting?.reject(new SlowExpressionError('the expression takes too long'));
  }
}

export function startWorker({ onAnswer, onFailure }: RegexListener): RegexWorker {
  const worker = new Worker(new URL('./regex-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => onAnswer(data));
  worker.addEventListener('error', onFailure);
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
    ask: (message) => worker.postMessage(message),
    end: () => worker.terminate(),
  };
}
