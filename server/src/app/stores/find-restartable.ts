import { issueAt, ShopyardError, type Store, type StoreParts } from '@shopyard/contracts';
import { type Component, type Engines, isTask, requireEngine, webOf } from '@shopyard/engines';

interface Known {
  engines: Engines;
  /** A store's resources, from the watch. */
  partsOf: (store: Store) => StoreParts;
}

/** The component of this name, by default the one that serves the shop. Throws a ShopyardError if none of it can restart. */
export function findRestartable({ engines, partsOf }: Known, store: Store, name: string | undefined): Component {
  const engine = requireEngine(engines, store);
  const running = engine.components.filter((component) => !isTask(engine, component.name));
  const found = name === undefined ? webOf(engine) : running.find((component) => component.name === name);
  if (!found) {
    const message = `choose one of ${running.map((component) => component.name).join(', ')}`;
    throw new ShopyardError('validation_failed', `component: ${message}`, [issueAt(['component'], message)]);
  }
  if (partsOf(store).workloads.some(({ component }) => component === found.name)) return found;
  throw new ShopyardError(
    'unavailable',
    `there are no ${found.title} pods to restart yet: wait until the store is set up`,
  );
}
