/** Ticks of the plots: round values, and times at which a clock and a calendar turn. Pure. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Round parts of a minute, and of an hour. */
const PARTS = [1, 2, 5, 10, 15, 30];
/** Seconds between two times. */
const TIME_STEPS = [
  ...PARTS.map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7].map((days) => days * DAY),
];
const DURATION_STEPS = [
  ...PARTS,
  ...PARTS.map((minutes) => minutes * MINUTE),
  ...[1, 2, 6, 12, 24].map((hours) => hours * HOUR),
];

/** What a plot counts: stores, or seconds. */
export type Unit = 'stores' | 'seconds';

/**
 * Times from `from` to `to`, at most `most` of them, in seconds since 1970. Counted from each local midnight, so that they stay on
 * full hours when the clocks change.
 */
export function timeTicks(from: number, to: number, most: number): number[] {
  const step = stepFor(TIME_STEPS, to - from, most);
  const ticks: number[] = [];
  const day = new Date(from * 1000);
  day.setHours(0, 0, 0, 0);
  for (let count = 0; day.getTime() <= to * 1000; count++, day.setDate(day.getDate() + 1)) {
    if ((count * DAY) % step !== 0 && step > DAY) continue;
    for (let second = 0; second < DAY; second += step) {
      const tick = new Date(day).setHours(0, 0, second, 0) / 1000;
      if (tick >= from && tick <= to && tick > (ticks.at(-1) ?? 0)) ticks.push(tick);
    }
  }
  return ticks;
}

/** Values from 0 on, at most `most` steps of the same height; the last one is not below `max`. */
export function valueTicks(max: number, unit: Unit, most: number): number[] {
  const step = unit === 'seconds' ? stepFor(DURATION_STEPS, max, most) : countStep(max, most);
  const count = Math.max(1, Math.ceil(max / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

function stepFor(steps: readonly number[], span: number, most: number): number {
  const last = steps.at(-1) ?? 1;
  return steps.find((step) => span / step <= most) ?? last * Math.ceil(span / most / last);
}

/** 1, 2 or 5 times a power of ten: there is no half store. */
function countStep(max: number, most: number): number {
  let power = 1;
  for (;;) {
    const step = [1, 2, 5].map((factor) => factor * power).find((one) => max / one <= most);
    if (step !== undefined) return step;
    power *= 10;
  }
}

/** Such as `1,000`, or `30 s`, `5 min` and `2 h`, all in one unit. */
export function toLabels(ticks: readonly number[], unit: Unit): string[] {
  if (unit === 'stores') return ticks.map((value) => value.toLocaleString('en'));
  const [, step = 1] = ticks;
  const [seconds, name] = step % HOUR === 0 ? [HOUR, 'h'] : step % MINUTE === 0 ? [MINUTE, 'min'] : [1, 's'];
  return ticks.map((value) => (value === 0 ? '0' : `${value / seconds} ${name}`));
}
