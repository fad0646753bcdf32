/**
 * Runs the containers of Medusa's image for real, by their names; delegates all others to the runtime below, which also
 * simulates requested failures, and the pods of the database: there is one PostgreSQL for all stores.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ContainerRuntime,
  environmentOf,
  failureOf,
  Launcher,
  MemoryGuard,
  type ObjectStore,
  runTask,
  type RuntimeHost,
  serve,
  Turns,
  volumeFolder,
  waitUntil,
} from '@shopyard/simulator/processes';
import { programsIn } from './application.ts';
import type { MedusaOptions } from './options.ts';
import { EmbeddedPostgres } from './postgres.ts';

const FLAGS = ['--max-old-space-size=384', '--max-semi-space-size=4', '--disable-warning=DeprecationWarning'];
const DATABASE_CLAIM = 'data-postgres-0';
const CREDENTIALS = 'store-credentials';

/** `program`: path of the one that sets up or serves one store; engines/medusa/image/embedded.ts has its protocol. */
export function createMedusaRuntime(
  program: string,
  options: MedusaOptions,
  { objects, below }: RuntimeHost,
): ContainerRuntime {
  const turns = new Turns(options.startsAtOnce);
  const launcher = new Launcher(program, FLAGS);
  const { sockets, databases, volumes } = options.folders;
  const data = join(databases, 'postgres');
  const postgres = new EmbeddedPostgres({ programs: programsIn(options.application), data, sockets });
  mkdirSync(databases, { recursive: true, mode: 0o700 });
  // Processes of an earlier run exit with it, but may leave their sockets behind.
  rmSync(sockets, { recursive: true, force: true });
  mkdirSync(sockets, { recursive: true, mode: 0o700 });
  /** File that holds the inputs of the last complete setup of the database in this volume. */
  const markerOf = (volume: string): string => join(databases, `${volume}.setup`);
  // A store's pictures and its database go with their volumes.
  objects.subscribe(({ type, plural, object }) => {
    const { name } = object.metadata;
    if (type !== 'DELETED' || plural !== 'persistentvolumes') return;
    rmSync(join(volumes, name), { recursive: true, force: true, maxRetries: 5 });
    if (!existsSync(markerOf(name))) return;
    rmSync(markerOf(name));
    const spec = { task: 'drop', env: {}, database: { url: postgres.url, name: databaseNamed(name) } };
    postgres.start().then(
      () => void launcher.run(spec, () => undefined),
      () => undefined,
    );
  });
  const memory = new MemoryGuard(options.memoryMiB);
  const preload = (): void => {
    if (memory.allowsPreload()) launcher.prepare({ task: 'ahead' });
  };

  return {
    start(start) {
      const { pod, container } = start;
      const image = container.image ?? '';
      if (!/(^|\/)shopyard-medusa[:@]/.test(image) || failureOf(pod, image, false)) return below.start(start);
      const namespace = pod.metadata.namespace ?? '';
      const env = environmentOf(objects, pod, container);
      const hash = env['SETUP_HASH'] ?? '';
      // Its claim may be bound after the pods of the store have started.
      const ours = (): string | undefined =>
        objects.get('persistentvolumeclaims', namespace, DATABASE_CLAIM)?.spec?.volumeName;
      const isSetUp = (): boolean => {
        const marker = markerOf(ours() ?? 'none');
        return existsSync(marker) && readFileSync(marker, 'utf8') === hash;
      };
      if (container.name === 'wait') return waitUntil(isSetUp);
      if (container.name === 'setup') {
        const prepare = async (): Promise<object> => {
          await waitUntil(() => ours() !== undefined).exited;
          await postgres.start();
          return { task: 'setup', env, database: { url: postgres.url, name: databaseNamed(ours() ?? '') } };
        };
        const onDone = (): void => writeFileSync(markerOf(ours() ?? 'none'), hash);
        return runTask(start, { launcher, turns, refusal: memory.refusal, prepare, preload, onDone });
      }
      const volume = volumeFolder(objects, pod, volumes);
      const name = databaseNamed(ours() ?? '');
      if (container.name !== 'medusa' || volume === undefined) return below.start(start);
      const own = { ...env, ...loginOf(objects, namespace) };
      const spec = { task: 'serve', env: own, folder: volume, databaseUrl: postgres.url.replace('{name}', name) };
      // After a restart of the cluster nothing has asked for the database yet, and a store that sleeps needs it as it wakes.
      postgres.start().catch((error: unknown) => start.log(String(error)));
      return serve(start, { launcher, spec, turns, idleMs: options.idleMs, sockets, refusal: memory.refusal });
    },
  };
}

/** Name of the store's database, after the volume that it would be in. */
const databaseNamed = (volume: string): string => volume.replaceAll('-', '_').toLowerCase();

/** The administrator's, for the process that serves: it makes what the copied database lacks. */
function loginOf(objects: ObjectStore, namespace: string): Record<string, string> {
  const { data = {} } = objects.get('secrets', namespace, CREDENTIALS) ?? {};
  const valueOf = (key: string): string => Buffer.from(data[key] ?? '', 'base64').toString('utf8');
  return { ADMIN_EMAIL: valueOf('medusa-email'), ADMIN_PASSWORD: valueOf('medusa-password') };
}
