/** `GET …/pods/NAME/log`: a container's log lines; `follow` streams new ones. */
import type { ServerResponse } from 'node:http';
import { badRequest } from './api-error.ts';
import type { LogBook, LogLine } from '../node/log-book.ts';
import type { ResourceMap } from '../objects.ts';

/** Maximum bytes buffered for a slow reader. */
const MAX_BUFFERED = 16 * 1024 * 1024;

interface LogRequest {
  pod: ResourceMap['pods'];
  query: URLSearchParams;
  logs: LogBook;
}

export function serveLogs({ pod, query, logs }: LogRequest, res: ServerResponse): void {
  const container = containerOf(pod, query);
  const { name, uid } = pod.metadata;
  const previous = query.get('previous') === 'true';
  const lines = logs.lines(uid, container, previous);
  if (previous && lines.length === 0) {
    throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
  }
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const state = statuses.find((status) => status.name === container)?.state;
  if (!previous && lines.length === 0 && (!state || state.waiting)) {
    const reason = state?.waiting?.reason ?? 'PodInitializing';
    throw badRequest(`container "${container}" in pod "${name}" is waiting to start: ${reason}`);
  }

  const stamps = query.get('timestamps') === 'true';
  const write = (line: LogLine): void => {
    res.write(stamps ? `${line.time} ${line.text}\n` : `${line.text}\n`);
    if (res.writableLength > MAX_BUFFERED) res.destroy();
  };
  res.writeHead(200, { 'Content-Type': 'text/plain' });
  selectLines(lines, query).forEach(write);
  // A container that has ended writes no more lines.
  if (query.get('follow') !== 'true' || previous || state?.terminated) return void res.end();
  res.flushHeaders();
  const unfollow = logs.follow(uid, container, { line: write, end: () => res.end() });
  res.once('close', unfollow);
}

/** The requested container, or the only one. */
function containerOf({ metadata, spec }: ResourceMap['pods'], query: URLSearchParams): string {
  const mains = (spec?.containers ?? []).map((container) => container.name);
  const names = [...(spec?.initContainers ?? []).map((container) => container.name), ...mains];
  const container = query.get('container') ?? (mains.length === 1 ? mains[0] : undefined);
  if (!container)
    throw badRequest(
      `a container name must be specified for pod ${metadata.name}, choose one of: [${names.join(' ')}]`,
    );
  if (!names.includes(container)) throw badRequest(`container ${container} is not valid for pod ${metadata.name}`);
  return container;
}

function selectLines(lines: readonly LogLine[], query: URLSearchParams): readonly LogLine[] {
  const seconds = query.get('sinceSeconds');
  const since = seconds === null ? Date.parse(query.get('sinceTime') ?? '') : Date.now() - Number(seconds) * 1000;
  const recent = Number.isNaN(since) ? lines : lines.filter((line) => Date.parse(line.time) >= since);
  const tail = query.get('tailLines');
  return tail === null ? recent : recent.slice(Math.max(0, recent.length - Number(tail)));
}
