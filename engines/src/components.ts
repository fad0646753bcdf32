/** Looks up an engine's components. Pure. */
import type { Component, Engine } from './engine.ts';

type Parts = Pick<Engine, 'components'>;

/** The component that serves the shop. */
export function webOf(engine: Parts): Component {
  const web = engine.components.find(({ role }) => role === 'web');
  if (!web) throw new Error('an engine needs a component that serves its shop');
  return web;
}

export function isTask({ components }: Parts, name: string): boolean {
  return components.some((component) => component.name === name && component.role === 'task');
}

/** Whether it is a task that runs once per revision of the release. */
export function runsOnce({ components }: Parts, name: string): boolean {
  return components.some((component) => component.name === name && component.kind === 'Job');
}

/** What people call a component; its name if the engine has none of that name. */
export function titleOf({ components }: Parts, name: string): string {
  return components.find((component) => component.name === name)?.title ?? name;
}

/** Section of the values that a component's image is in. */
export function valuesKeyOf({ components }: Parts, name: string): string {
  return components.find((component) => component.name === name)?.valuesKey ?? name;
}

/** Section of the values that a component's resources are in. */
export function resourcesKeyOf({ components }: Parts, name: string): string {
  const component = components.find((one) => one.name === name);
  return component?.resourcesKey ?? component?.valuesKey ?? name;
}
