/** How far the operation of a store is, by the status that is about to be recorded. Pure. */
import type { OperationStep } from '@shopyard/contracts';
import type { OperationProgress, RunningOperation } from './operations.ts';
import { isInstalled } from './readiness.ts';
import type { Situation } from './situation.ts';
import type { StoreStatus } from './store.ts';
import { isResuming, nextToStop } from './suspension.ts';

/** What a status says of the operation that runs; `undefined` if that is nothing new. */
export function toProgress(situation: Situation, status: StoreStatus): OperationProgress | undefined {
  const { running } = situation.store;
  if (!running) return undefined;
  const step = running.kind === 'suspend' ? stopping(situation, running.step) : reached(status, running.step);
  if (isDone(running, situation, status)) return { state: 'done', step };
  if (status.phase === 'Failed')
    return { state: 'failed', step, error: status.message ?? status.reason ?? 'it failed' };
  return step === running.step ? undefined : { state: 'running', step };
}

/** A change of a suspended store is taken over by whatever resumes it. */
function isDone({ kind }: RunningOperation, { store, view }: Situation, status: StoreStatus): boolean {
  if (kind === 'suspend') return status.phase === 'Suspended';
  if (store.desired !== 'present' || isResuming({ ...store, sighting: status.sighting })) return false;
  return isInstalled(store, view) && status.verifiedRevision === view.release?.revision;
}

/** Nothing is to be stopped next while pods end. */
function stopping({ view, engine }: Situation, before: OperationStep): OperationStep {
  const next = nextToStop(view, engine);
  return next === undefined ? before : STOP[next];
}

const STOP = { shop: 'ShopStopped', database: 'DatabaseStopped' } as const;

/** The first step of the attempt that is not over. */
function reached({ attempt }: StoreStatus, before: OperationStep): OperationStep {
  return attempt?.steps.find(({ state }) => state !== 'done')?.type ?? before;
}
