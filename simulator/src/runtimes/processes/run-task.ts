/** A container that ends by itself, such as a store's setup: it takes its turn, runs its process, and reports. */
import { messageOf } from '../../error-message.ts';
import type { ContainerStart, Exit, RunningContainer } from '../../node/runtime.ts';
import type { Launcher } from './launcher.ts';
import type { Turns } from './turns.ts';

/** A setup says the versions in its log, from where they come into its termination message. */
const SAID = /^setup: versions (?<report>\{.*\})$/;

export interface TaskOptions {
  launcher: Launcher;
  turns: Turns;
  /** Why it can't start now; undefined if it can. */
  refusal: () => string | undefined;
  /** Returns its instructions, as soon as it can begin. */
  prepare: () => object | Promise<object>;
  /** Called once its process has started: preloads another one, which will serve. */
  preload: () => void;
  /** Called when it is complete. */
  onDone?: () => void;
}

/** `undefined` if the line is another one. */
export function reportIn(line: string): string | undefined {
  return SAID.exec(line)?.groups?.['report'];
}

export function runTask({ log }: ContainerStart, options: TaskOptions): RunningContainer {
  const { launcher, turns, refusal, prepare, preload, onDone } = options;
  const ended = Promise.withResolvers<Exit>();
  let stop = (_graceMs: number): void => ended.resolve({ exitCode: 137, reason: 'Error' });
  let pid: number | undefined;
  let message: string | undefined;
  const listen = (line: string): void => {
    message = reportIn(line) ?? message;
    log(line);
  };
  const work = async (): Promise<number> => {
    const done = await turns.take();
    try {
      const why = refusal();
      if (why) throw new Error(why);
      const process = launcher.run(await prepare(), listen);
      pid = process.pid;
      stop = (graceMs) => process.stop(graceMs);
      preload();
      return await process.exited;
    } finally {
      done();
    }
  };
  work().then(
    (exitCode) => {
      if (exitCode === 0) onDone?.();
      // Empty in a container that fails, so that the end of its log explains it.
      const said = exitCode === 0 && message !== undefined ? { message } : {};
      ended.resolve({ exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', ...said });
    },
    (error: unknown) => {
      log(messageOf(error));
      ended.resolve({ exitCode: 1, reason: 'Error' });
    },
  );
  return {
    exited: ended.promise,
    onReadiness: () => undefined,
    pid: () => pid,
    stop: (graceMs) => stop(graceMs),
  };
}
