/** Versions of a store's software, as its setup reports them once it is done: by name, as the engine lists them. Pure. */
import { type Engine, runsOnce } from '@shopyard/engines';
import type { ObservedPod, StoreObservation } from './observation.ts';

export type Versions = Readonly<Record<string, string>>;

/** A store's own code may have a say in it, and it is shown to people. */
const VERSION = /^[\w.+~-]{1,40}$/;

/** `undefined` without a report. A newer setup's report takes precedence. */
export function reportedVersions({ pods }: StoreObservation, engine: Engine): Versions | undefined {
  const reports = pods
    .filter(({ component }) => runsOnce(engine, component))
    .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
    .map((pod) => parseReport(messageOf(pod), engine));
  return reports.findLast((report) => report !== undefined);
}

/** What the pod's main container said as it succeeded. */
function messageOf({ component, containers }: ObservedPod): string {
  const { state, terminated } = containers.find(({ name }) => name === component) ?? {};
  return state === 'terminated' && terminated?.exitCode === 0 ? terminated.message : '';
}

function parseReport(message: string, { versions }: Engine): Versions | undefined {
  const report = parseObject(message);
  const known = versions.flatMap(({ name }) => {
    const version = report[name];
    return typeof version === 'string' && VERSION.test(version) ? [[name, version] as const] : [];
  });
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
