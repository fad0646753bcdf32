/** Containers whose logs can be shown. Pure. */
import type { Container, Pod } from '@shopyard/contracts';

/** Logs that are followed at once; the server allows 8 for everything that a person has open. */
export const MAX_FOLLOWED = 6;
/** Series colours in tokens.css. */
const COLOURS = 5;

export interface LogSource {
  /** Differs for each run of a container: a restarted one has a new log. */
  key: string;
  pod: string;
  container: string;
  /** The container's name, with its pod's where the name alone is not unique. */
  label: string;
  /** 1 to 5. */
  colour: number;
}

/** Those that run come first, then those that tell most: a crashed one before a finished one, and newer pods before older. */
export function toSources(pods: readonly Pod[]): LogSource[] {
  const all = pods
    .toSorted((one, other) => (one.createdAt < other.createdAt ? 1 : -1))
    .flatMap((pod) => pod.containers.map((container) => ({ pod, container })))
    .toSorted((one, other) => rankOf(one.container) - rankOf(other.container));
  const names = all.map(({ container }) => container.name);
  // By name, so that a container keeps its colour when others end or restart.
  const coloured = [...new Set(names)].toSorted();
  return all.map(({ pod, container: { name, restarts } }) => ({
    key: `${pod.name}/${name}/${restarts}`,
    pod: pod.name,
    container: name,
    label: names.indexOf(name) === names.lastIndexOf(name) ? name : `${pod.name}/${name}`,
    colour: (coloured.indexOf(name) % COLOURS) + 1,
  }));
}

function rankOf({ state, exitCode, init }: Container): number {
  if (state === 'running') return 0;
  if (exitCode !== undefined && exitCode !== 0) return 1;
  return init ? 3 : 2;
}

/** Those to follow now: an ended log needs no connection any more. */
export function toFollowed(sources: readonly LogSource[], ended: ReadonlySet<string>): LogSource[] {
  return sources.filter(({ key }) => !ended.has(key)).slice(0, MAX_FOLLOWED);
}

interface KubectlOptions {
  namespace: string;
  previous: boolean;
  /** ISO 8601. */
  since?: string | undefined;
}

/** A command per container, one a line. */
export function toKubectl(sources: readonly LogSource[], { namespace, previous, since }: KubectlOptions): string {
  const rest = `--timestamps${previous ? ' --previous' : ''}${since === undefined ? '' : ` --since-time=${since}`}`;
  return sources.map(({ pod, container }) => `kubectl logs -n ${namespace} ${pod} -c ${container} ${rest}`).join('\n');
}
