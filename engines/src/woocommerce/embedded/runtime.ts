/**
 * Runs the containers of WordPress images for real, depending on their command; delegates all others to the runtime
 * below, which also simulates requested failures.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ContainerRuntime,
  type ContainerStart,
  environmentOf,
  failureOf,
  Launcher,
  MemoryGuard,
  mountedFiles,
  mountedFolder,
  runTask,
  type RuntimeHost,
  serve,
  Turns,
  volumeFolder,
  waitUntil,
} from '@shopyard/simulator/processes';
import type { WordPressOptions } from './options.ts';

const PLUGINS = '/var/www/html/wp-content/mu-plugins';

/** `program`: path of the one that runs one store; stores-in-node/src/spec.ts describes its protocol. */
export function createWordPressRuntime(
  program: string,
  options: WordPressOptions,
  { objects: store, below }: RuntimeHost,
): ContainerRuntime {
  const turns = new Turns(options.startsAtOnce);
  const launcher = new Launcher(program, ['--experimental-wasm-jspi', '--disable-warning=ExperimentalWarning']);
  // Processes of an earlier run exit with it, but may leave their sockets behind.
  rmSync(options.folders.sockets, { recursive: true, force: true });
  mkdirSync(options.folders.sockets, { recursive: true, mode: 0o700 });
  // Deletes a volume's files with the volume.
  store.subscribe(({ type, plural, object }) => {
    if (type !== 'DELETED' || plural !== 'persistentvolumes') return;
    rmSync(join(options.folders.volumes, object.metadata.name), { recursive: true, force: true, maxRetries: 5 });
  });
  const memory = new MemoryGuard(options.memoryMiB);
  const ahead = { task: 'ahead', cache: options.cache, zips: options.zips };
  const preload = (): void => {
    if (memory.allowsPreload()) launcher.prepare(ahead);
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
        return runTask(start, { launcher, turns, refusal: memory.refusal, prepare: () => spec, preload });
      }
      if (command.includes('.setup-')) {
        const hash = environmentOf(store, pod, container)['SETUP_HASH'] ?? '';
        return waitUntil(() => existsSync(join(volume, 'wp-content', `.setup-${hash}`)));
      }
      if (command !== '') return below.start(start);
      const spec = { ...specOf(start, volume), task: 'serve', plugins: mountedFiles(store, start, PLUGINS) };
      return serve(start, {
        launcher,
        spec,
        turns,
        idleMs: options.idleMs,
        sockets: options.folders.sockets,
        refusal: memory.refusal,
      });
    },
  };
}
