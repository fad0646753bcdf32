import type { Exit, RunningContainer } from '../../node/runtime.ts';

const LOOK_MS = 50;

/** A container that does nothing but wait. */
export function waitUntil(isTrue: () => boolean): RunningContainer {
  const ended = Promise.withResolvers<Exit>();
  const timer = setInterval(() => {
    if (isTrue()) ended.resolve({ exitCode: 0, reason: 'Completed' });
  }, LOOK_MS);
  void ended.promise.then(() => clearInterval(timer));
  return {
    exited: ended.promise,
    onReadiness: () => undefined,
    stop: () => ended.resolve({ exitCode: 143, reason: 'Error' }),
  };
}
