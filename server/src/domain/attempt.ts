/**
 * Tracks an attempt to bring a store to its spec, step by step. Pure: computed from the attempt so far and the
 * observation. A completed step stays completed: a probe that fails later is not part of the attempt.
 */
import { type Attempt, type Condition, CONDITION_TYPES, type Phase, type Step } from '@shopyard/contracts';

export interface AttemptState extends Attempt {
  generation: number;
  /** Digest of the values it applies. */
  values: string;
}

export interface Progress {
  phase: Phase;
  conditions: readonly Condition[];
  generation: number;
  values: string;
  /** The platform's URL changed. */
  moving: boolean;
  /** Shopyard repairs drift. */
  repairing: boolean;
  /** When the store was last resumed, if it is to run; ISO 8601. */
  resumedAt?: string | undefined;
  /** ISO 8601. */
  createdAt: string;
  readyAt: string | undefined;
}

/** A condition met this recently may still reflect the previous state. */
const SETTLE_MS = 5000;

/** `now`: ISO 8601. */
export function attemptOf(progress: Progress, before: AttemptState | undefined, now: string): AttemptState {
  const attempt = currentAttempt(progress, before, now);
  if (progress.phase === 'Deleting' || progress.phase === 'Suspended')
    return { ...stopped(attempt), finishedAt: attempt.finishedAt ?? now };
  if (attempt.finishedAt !== undefined && attempt.steps.every(({ state }) => state === 'done')) return attempt;
  const { finishedAt: _, ...unfinished } = attempt;
  const steps = stepsOf(unfinished, progress, now);
  const over = progress.phase === 'Failed' || steps.every(({ state }) => state === 'done');
  return { ...unfinished, steps, ...(over ? { finishedAt: attempt.finishedAt ?? now } : {}) };
}

/** For a store without a recorded attempt, which may already have been Ready. */
export function firstAttempt(createdAt: string, readyAt: string | undefined): Attempt {
  const attempt = begun('create', createdAt);
  if (readyAt === undefined) return attempt;
  return { ...attempt, finishedAt: readyAt, steps: attempt.steps.map(({ type }) => ({ type, state: 'done' })) };
}

function currentAttempt(progress: Progress, before: AttemptState | undefined, now: string): AttemptState {
  const { generation, values, createdAt, readyAt, moving, repairing, resumedAt } = progress;
  const begin = (kind: Attempt['kind']): AttemptState => ({ ...begun(kind, now), generation, values });
  if (!before) return { ...firstAttempt(createdAt, readyAt), generation, values };
  if (progress.phase === 'Deleting') return before;
  if (before.generation !== generation) return begin(before.values === values ? 'retry' : 'update');
  if (resumedAt !== undefined && before.startedAt < resumedAt) return begin('resume');
  const succeeded = before.finishedAt !== undefined && before.steps.every(({ state }) => state === 'done');
  if (succeeded && moving) return begin('move');
  return succeeded && repairing ? begin('repair') : before;
}

function stepsOf({ startedAt, steps }: Attempt, { phase, conditions }: Progress, now: string): Step[] {
  const next: Step[] = [];
  /** When the previous step ended; `undefined` after the first unfinished step. */
  let free: string | undefined = phase === 'Queued' ? undefined : startedAt;
  for (const step of steps) {
    const met = conditions.some(({ type, status }) => type === step.type && status === 'True');
    if (free === undefined) next.push({ type: step.type, state: 'waiting' });
    else if (step.state === 'failed' && phase === 'Failed' && !met) {
      next.push(step);
      free = undefined;
    } else if (step.state === 'done' && (met || !isFresh(step, now))) {
      next.push(step);
      free = endOf(step, free);
    } else {
      const since: string = step.startedAt ?? (next.length === 0 && step.state === 'waiting' ? now : free);
      const durationMs = Math.max(0, Date.parse(now) - Date.parse(since));
      const state = met ? 'done' : phase === 'Failed' ? 'failed' : 'running';
      next.push({ type: step.type, state, startedAt: since, ...(state === 'running' ? {} : { durationMs }) });
      free = met ? now : undefined;
    }
  }
  return next;
}

function endOf({ startedAt, durationMs = 0 }: Step, otherwise: string): string {
  return startedAt === undefined ? otherwise : new Date(Date.parse(startedAt) + durationMs).toISOString();
}

function isFresh(step: Step, now: string): boolean {
  return step.startedAt !== undefined && Date.parse(now) - Date.parse(endOf(step, now)) < SETTLE_MS;
}

/** Ends the running steps. */
function stopped(attempt: AttemptState): AttemptState {
  return {
    ...attempt,
    steps: attempt.steps.map((step) => (step.state === 'running' ? { type: step.type, state: 'waiting' } : step)),
  };
}

function begun(kind: Attempt['kind'], startedAt: string): Attempt {
  return { kind, startedAt, steps: CONDITION_TYPES.map((type) => ({ type, state: 'waiting' })) };
}
