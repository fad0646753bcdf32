import type { ShownRevision, Store } from '@shopyard/contracts';

/** Formats a store as one line of a list. */
export function lineOf({ name, phase, pods, url, message }: Store): string {
  const why = message && phase !== 'Ready' ? `  ${message}` : '';
  return `${name.padEnd(24)} ${phase.padEnd(13)} ${pods.ready}/${pods.total}  ${url}${why}`;
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Formats a revision as one line of a list. */
export function revisionLineOf({ generation, at, actor, versions, ...revision }: ShownRevision): string {
  const { outcome = 'in progress', rolledBackTo, reason } = revision;
  const parts = [
    ...versions.map(({ title, version }) => `${title} ${version}`),
    ...(rolledBackTo === undefined ? [] : [`back to generation ${rolledBackTo}`]),
    ...(reason === undefined ? [] : [`"${reason}"`]),
  ];
  return `${String(generation).padStart(4)}  ${at}  ${outcome.padEnd(12)} ${actor.padEnd(16)} ${parts.join(', ')}`;
}
