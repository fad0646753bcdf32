/** A store of an engine that this server lacks is shown, and not touched. */
import { ShopyardError } from '@shopyard/contracts';
import type { Engines } from '@shopyard/engines';

/** Throws a ShopyardError unless this server can change stores of this engine. */
export function assertEngine(engines: Engines, { name, engine }: { name: string; engine: string }): void {
  if (engines.has(engine)) return;
  throw new ShopyardError(
    'unavailable',
    `this version of Shopyard has no engine "${engine}", so it leaves the store ${name} as it is: use a version that has the engine`,
  );
}
