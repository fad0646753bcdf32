/**
 * Runs the containers of WordPress images for real, depending on their command; delegates all others to the runtime
 * below, which also simulates requested failures.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import {
  type ContainerRuntime,
  type ContainerStart,
  environmentOf,
  type Exit,
  failureOf,
  Launcher,
  mountedFiles,
  mountedFolder,
  type RunningContainer,
  type RuntimeHost,
  serve,
  Turns,
  volumeFolder,
} from '@shopyard/simulator/processes';
import type { WordPressOptions } from './options.ts';
import { reportIn } from './setup-report.ts';

const MARKER_MS = 50;
const MIB = 2 ** 20;
const PLUGINS = '/var/www/html/wp-content/mu-plugins';

/** `program`: path of the one that runs one store; stores-in-node/src/spec.ts describes its protocol. */
export function createWordPressRuntime(
  program: string,
  options: WordPressOptions,
  { objects: store, below }: RuntimeHost,
): ContainerRuntime {
  const turns = new Turns(options.startsAtOnce);
  const launcher = new Launcher(program);
  // Processes of an earlier run exit with it, but may leave their sockets behind.
  rmSync(options.folders.sockets, { recursive: true, force: true });
  mkdirSync(options.folders.sockets, { recursive: true, mode: 0o700 });
  // Deletes a volume's files with the volume.
  store.subscribe(({ type, plural, object }) => {
    if (type !== 'DELETED' || plural !== 'persistentvolumes') return;
    rmSync(join(options.folders.volumes, object.metadata.name), { recursive: true, force: true, maxRetries: 5 });
  });
  const freeMiB = (): number => Math.floor(freemem() / MIB);
  const refusal = (): string | undefined => {
    const free = freeMiB();
    if (free >= options.memoryMiB) return undefined;
    return `An embedded store takes ${options.memoryMiB} MiB of memory, and ${free} MiB are free: stop another store, or something else on this machine.`;
  };
  const ahead = { task: 'ahead', cache: options.cache, zips: options.zips };
  // A preloaded process must not take the memory that the store itself needs.
  const prepare = (): void => {
    if (freeMiB() >= 2 * options.memoryMiB) launcher.prepare(ahead);
  };
  const specOf = (start: ContainerStart, volume: string): object => ({
    volume,
    templates: options.folders.templates,
    cache: options.cache,
    zips: options.zips,
    env: environmentOf(store, start.pod, start.container),
  });

  return {
    start(start) {
      const { pod, container } = start;
      const image = container.image ?? '';
      const volume = volumeFolder(store, pod, options.folders.volumes);
      if (!/(^|\/)wordpress[:@]/.test(image) || volume === undefined || failureOf(pod, image, false))
        return below.start(start);
      const command = (container.command ?? []).join(' ');
      if (command.includes('/setup/setup.sh')) {
        const scripts = mountedFolder(store, pod, '/setup');
        const spec = { ...specOf(start, volume), task: 'setup', scripts };
        return runTask(start, { launcher, spec, turns, refusal, prepare });
      }
      if (command.includes('.setup-')) {
        const hash = environmentOf(store, pod, container)['SETUP_HASH'] ?? '';
        return waitFor(join(volume, 'wp-content', `.setup-${hash}`));
      }
      if (command !== '') return below.start(start);
      const spec = { ...specOf(start, volume), task: 'serve', plugins: mountedFiles(store, start, PLUGINS) };
      return serve(start, { launcher, spec, turns, idleMs: options.idleMs, sockets: options.folders.sockets, refusal });
    },
  };
}

interface Task {
  launcher: Launcher;
  spec: object;
  turns: Turns;
  refusal: () => string | undefined;
  /** Called once its process has started: preloads another one. */
  prepare: () => void;
}

function runTask({ log }: ContainerStart, { launcher, spec, turns, refusal, prepare }: Task): RunningContainer {
  const ended = Promise.withResolvers<Exit>();
  let stop = (_graceMs: number): void => ended.resolve({ exitCode: 137, reason: 'Error' });
  let pid: number | undefined;
  let message: string | undefined;
  const listen = (line: string): void => {
    message = reportIn(line) ?? message;
    log(line);
  };
  void turns.take().then(async (done) => {
    const why = refusal();
    if (why) log(why);
    const process = why ? undefined : launcher.run(spec, listen);
    pid = process?.pid;
    if (process) stop = (graceMs) => process.stop(graceMs);
    if (process) prepare();
    const exitCode = process ? await process.exited : 1;
    done();
    // Empty in a container that fails, so that the end of its log explains it.
    const said = exitCode === 0 && message !== undefined ? { message } : {};
    ended.resolve({ exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', ...said });
  });
  return {
    exited: ended.promise,
    onReadiness: () => undefined,
    pid: () => pid,
    stop: (graceMs) => stop(graceMs),
  };
}

/** Resolves when the file exists. */
function waitFor(file: string): RunningContainer {
  const ended = Promise.withResolvers<Exit>();
  const timer = setInterval(() => {
    if (existsSync(file)) ended.resolve({ exitCode: 0, reason: 'Completed' });
  }, MARKER_MS);
  void ended.promise.then(() => clearInterval(timer));
  return {
    exited: ended.promise,
    onReadiness: () => undefined,
    stop: () => ended.resolve({ exitCode: 143, reason: 'Error' }),
  };
}
