/** For engines that run their containers as processes on this machine. */
export type { ContainerRuntime, ContainerStart, Exit, RunningContainer } from '../../node/runtime.ts';
export type { ObjectStore } from '../../storage/object-store.ts';
export type { Behaviour, EmbeddedEngine, RuntimeHost } from '../embedded-engine.ts';
export { failureOf } from '../../node/fault-injection.ts';
export { environmentOf, mountedFiles, mountedFolder, volumeFolder } from './container-files.ts';
export { Launcher } from './launcher.ts';
export { serve } from './serving.ts';
export { Turns } from './turns.ts';
