/** Settings of the engines that the embedded cluster loads. */
import type { Engines } from '@shopyard/engines';

export interface EngineSetting {
  /** Address of the engine's module. */
  module: string;
  /** How it runs its stores for real; undefined if they are simulated. */
  options: object | undefined;
}

/** `real`: options by engine. */
export function toEngineSettings(engines: Engines, real: ReadonlyMap<string, object>): EngineSetting[] {
  return [...engines.values()].map(({ id, embedded: { module } }) => ({ module, options: real.get(id) }));
}
