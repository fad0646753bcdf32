/**
 * A moment on both clocks. The monotonic clock stops while the machine sleeps, and the wall clock can be set back, so
 * the larger elapsed time counts.
 */
import type { Clock } from '../kit/clock.ts';

export interface Moment {
  monotonic: number;
  /** Epoch milliseconds. */
  wall: number;
}

export function toMoment(clock: Clock): Moment {
  return { monotonic: clock.monotonic(), wall: clock.now().getTime() };
}

/** Milliseconds. */
export function elapsedSince(then: Moment, clock: Clock): number {
  const now = toMoment(clock);
  return Math.max(now.monotonic - then.monotonic, now.wall - then.wall);
}
