/** For engines on the embedded cluster: simulated, or as processes on this machine. */
export type { ContainerRuntime, ContainerStart, Exit, RunningContainer } from '../../node/runtime.ts';
export type { ObjectStore } from '../../storage/object-store.ts';
export type { Behaviour, EmbeddedEngine, RuntimeHost } from '../embedded-engine.ts';
export { failureOf } from '../../node/fault-injection.ts';
export { environmentOf, mountedFiles, mountedFolder, volumeFolder } from './container-files.ts';
export { Launcher } from './launcher.ts';
export { MemoryGuard } from './memory-guard.ts';
export { runTask } from './run-task.ts';
export { serve } from './serving.ts';
export { Turns } from './turns.ts';
export { waitUntil } from './wait-until.ts';
export { send, sendSignIn, toPage } from '../simulated/shop-pages.ts';
