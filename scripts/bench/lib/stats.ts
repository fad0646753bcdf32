/** Quantile by nearest rank; NaN without values. `share`: 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Milliseconds since 1970, to the microsecond; the same clock in every process and page of this machine. */
export function wallClock(): number {
  return performance.timeOrigin + performance.now();
}
