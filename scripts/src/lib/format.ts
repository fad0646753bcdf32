import type { Store } from '@shopyard/contracts';

/** Formats a store as one line of a list. */
export function lineOf({ name, phase, pods, url, message }: Store): string {
  const why = message && phase !== 'Ready' ? `  ${message}` : '';
  return `${name.padEnd(24)} ${phase.padEnd(13)} ${pods.ready}/${pods.total}  ${url}${why}`;
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
