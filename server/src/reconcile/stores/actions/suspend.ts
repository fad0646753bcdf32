/** Ends and starts the pods of a store, which neither helm nor the setup takes part in. */
import type { Component } from '@shopyard/engines';
import type { Part } from '../../../domain/suspension.ts';
import { crashPoint } from '../../../kit/crash-points.ts';
import type { ActionContext, ActionTarget } from './action-context.ts';

/** What starts pods stops before the pods themselves. */
const SHOP = ['CronJob', 'Deployment', 'StatefulSet'] as const;
/** A workload comes last: until it is up, the resume is not done. */
const ALL = ['StatefulSet', 'CronJob', 'Deployment'] as const;

/** True if this ended a workload. Throws ClusterError. */
export async function suspend(context: ActionContext, target: ActionTarget, part: Part): Promise<boolean> {
  const { store, view, signal } = target;
  const isOfPart = ({ role }: Component): boolean => (role === 'database') === (part === 'database');
  const changed = await switchAll(context, target, { kinds: SHOP, isMeant: isOfPart, on: false });
  const jobs = part === 'shop' ? view.jobs : [];
  const objects = jobs.map(({ name }) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name } }));
  await context.cluster.deleteAllBut(store, { objects, current: [] }, signal);
  crashPoint('tasks-ended');
  return changed;
}

/** True if this changed something. Throws ClusterError. */
export function resume(context: ActionContext, target: ActionTarget): Promise<boolean> {
  return switchAll(context, target, { kinds: ALL, isMeant: () => true, on: true });
}

interface Switching {
  /** In this order. */
  kinds: typeof SHOP | typeof ALL;
  isMeant: (component: Component) => boolean;
  on: boolean;
}

async function switchAll(
  { cluster }: ActionContext,
  { store: { namespace }, engine, signal }: ActionTarget,
  { kinds, isMeant, on }: Switching,
): Promise<boolean> {
  let changed = false;
  for (const kind of kinds) {
    for (const { name } of engine.components.filter((component) => component.kind === kind && isMeant(component))) {
      changed = (await cluster.switchPods({ namespace, kind, name, on }, signal)) || changed;
      crashPoint('pods-switched');
    }
  }
  return changed;
}
