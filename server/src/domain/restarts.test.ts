import { expect, test } from 'vitest';
import type { StoreObservation } from './observation.ts';
import { nextRestart, openRestarts, type Restarts, toRestarted } from './restarts.ts';
import { readyView, withUnready } from './testing.ts';

const EARLY = '2026-02-01T00:00:00.000Z';
const AT = '2026-02-02T00:00:00.000Z';

/** The view in which the pods of WordPress carry this restart. */
function rolledOut(restartedAt: string, view: StoreObservation = readyView()): StoreObservation {
  const workloads = view.workloads.map((workload) =>
    workload.component === 'wordpress' ? { ...workload, restartedAt } : workload,
  );
  return { ...view, workloads };
}

test.each<{
  what: string;
  restarts: Restarts;
  restarted?: Restarts;
  view: StoreObservation;
  next: boolean;
  over: boolean;
}>([
  { what: 'not requested', restarts: {}, view: readyView(), next: false, over: false },
  { what: 'requested', restarts: { wordpress: AT }, view: readyView(), next: true, over: false },
  {
    what: 'requested again',
    restarts: { wordpress: AT },
    restarted: { wordpress: EARLY },
    view: rolledOut(EARLY),
    next: true,
    over: false,
  },
  {
    what: 'rolling out',
    restarts: { wordpress: AT },
    view: withUnready('wordpress', rolledOut(AT)),
    next: false,
    over: false,
  },
  { what: 'rolled out', restarts: { wordpress: AT }, view: rolledOut(AT), next: false, over: true },
  {
    what: 'over',
    restarts: { wordpress: AT },
    restarted: { wordpress: AT },
    view: rolledOut(AT),
    next: false,
    over: true,
  },
  {
    what: 'over, and its workload was put back since',
    restarts: { wordpress: AT },
    restarted: { wordpress: AT },
    view: readyView(),
    next: false,
    over: true,
  },
  {
    what: 'requested of a workload that is not there',
    restarts: { wordpress: AT },
    view: readyView({ workloads: [] }),
    next: false,
    over: false,
  },
])('a restart that is $what: begins $next, is over $over', ({ restarts, restarted = {}, view, next, over }) => {
  const store = { restarts, restarted };
  expect(nextRestart(store, view)).toEqual(next ? { component: 'wordpress', at: AT } : undefined);
  const after = toRestarted(store, view);
  expect(after['wordpress'] === AT).toBe(over);
  expect(openRestarts({ restarts, restarted: after })).toHaveLength(over ? 0 : Object.keys(restarts).length);
});

test('restarts of several components are independent of each other', () => {
  const store = { restarts: { wordpress: AT, mariadb: AT }, restarted: {} };
  expect(nextRestart(store, rolledOut(AT))).toEqual({ component: 'mariadb', at: AT });
  expect(toRestarted(store, rolledOut(AT))).toEqual({ wordpress: AT });
});
