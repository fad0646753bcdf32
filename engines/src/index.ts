/** The engines of this build. */
import type { EngineId } from '@shopyard/contracts';
import type { Engine } from './engine.ts';
import { medusa } from './medusa/engine.ts';
import { woocommerce } from './woocommerce/engine.ts';

export type { Answer, Ask, Verdict } from './ask.ts';
export { isTask, resourcesKeyOf, runsOnce, titleOf, valuesKeyOf, webOf } from './components.ts';
export type { CodePlaces, EngineNotice, FoundCode } from './embedded-code.ts';
export type {
  Budgets,
  Component,
  DatabaseChange,
  Engine,
  EngineVersion,
  RandomText,
  SignIn,
  SignInLink,
  VersionChange,
  Visit,
} from './engine.ts';

/** By id. Looked up by ids that come from outside, which an object's own names would answer. */
export type Engines = ReadonlyMap<string, Engine>;

const all = { woocommerce, medusa } satisfies Record<EngineId, Engine>;

export const engines: Engines = new Map(Object.entries(all));

/** The engine of a store that this build has an engine for. */
export function requireEngine(engines: Engines, { engine: id }: { engine: string }): Engine {
  const engine = engines.get(id);
  if (!engine) throw new Error(`this build has no engine ${id}`);
  return engine;
}
