/** Starts the thread that PHP runs in, and communicates with it. */
import { Worker } from 'node:worker_threads';
import type { Sources, Spec } from './spec.ts';
import type { Numbered, Call, Said, StoreAnswer, StoreRequest } from './store-request.ts';

export interface PhpThread {
  /** Prepares whatever doesn't depend on the store. Failures surface in the store that hits them. */
  prepare(sources: Sources): Promise<void>;
  /** Binds the thread to this store. Throws an Error that names what is missing. */
  open(spec: Spec): Promise<void>;
  /** Throws if PHP crashed; the next request gets a new runtime. */
  request(request: StoreRequest): Promise<StoreAnswer>;
  /** Called for requests from PHP to its own store whose response nobody waits for. */
  onLater(listener: (request: StoreRequest) => void): void;
}

/** `onEnd`: called with the reason if the thread ends by itself. */
export function startPhp(onEnd: (why: string) => void): PhpThread {
  const thread = new Worker(new URL('./php-worker.ts', import.meta.url));
  const waiting = new Map<number, PromiseWithResolvers<StoreAnswer | undefined>>();
  let later = (_request: StoreRequest): void => undefined;
  let last = 0;
  thread.on('message', (said: Said) => {
    if ('later' in said) return later(said.later);
    const call = waiting.get(said.number);
    waiting.delete(said.number);
    if ('failure' in said) call?.reject(new Error(said.failure));
    else call?.resolve(said.result);
  });
  let why = 'the thread that PHP runs in ended';
  thread.on('error', (error) => (why = error instanceof Error ? error.message : String(error)));
  thread.on('exit', () => {
    for (const call of waiting.values()) call.reject(new Error(why));
    onEnd(why);
  });
  const ask = (call: Call): Promise<StoreAnswer | undefined> => {
    const answered = Promise.withResolvers<StoreAnswer | undefined>();
    last += 1;
    waiting.set(last, answered);
    const message: Numbered = { number: last, ...call };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.postMessage(message);
    return answered.promise;
  };
  return {
    prepare: (sources) =>
      ask({ call: 'prepare', sources }).then(
        () => undefined,
        () => undefined,
      ),
    open: (spec) => ask({ call: 'open', spec }).then(() => undefined),
    async request(request) {
      const answer = await ask({ call: 'request', request });
      if (!answer) throw new Error('PHP gave no answer');
      return answer;
    },
    onLater: (listener) => void (later = listener),
  };
}
