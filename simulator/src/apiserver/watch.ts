/** A watch: events of one kind since a version as newline-delimited JSON, with bookmarks. */
import type { ServerResponse } from 'node:http';
import { ApiError, gone } from './api-error.ts';
import type { KubeObject, ObjectEvent } from '../objects.ts';
import { groupVersion } from './resource-types.ts';
import type { Registry } from '../storage/registry.ts';
import type { RequestMetrics } from './metrics.ts';
import { matcherOf, versionOf } from './read.ts';
import { type Form, writeObject } from './representation.ts';
import type { ResourceRequest } from './request.ts';

/** The API server's own default is between 30 and 60 minutes. */
const DEFAULT_TIMEOUT_S = 1800;
/** Maximum unread bytes before a reader is disconnected; it then lists again. */
const MAX_BUFFERED = 16 * 1024 * 1024;

interface Watch {
  registry: Registry;
  request: ResourceRequest;
  query: URLSearchParams;
  form: Form;
  bookmarkMs: number;
  metrics: RequestMetrics;
}

/** Streams until the client disconnects, `timeoutSeconds` pass, or the reader falls too far behind. */
export function serveWatch(watch: Watch, res: ServerResponse): void {
  const { registry, request, query, form, metrics } = watch;
  const { store } = registry;
  const { type } = request;
  const matches = watchMatcher(request, query);
  const since = versionOf(query);
  const initial = query.get('sendInitialEvents') === 'true' || since === 0;
  const missed = initial ? [] : store.eventsSince(type.plural, since);
  if (since > store.version)
    throw new ApiError({
      code: 504,
      reason: 'Timeout',
      message: `Too large resource version: ${since}, current: ${store.version}`,
    });

  res.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache, private' });
  res.flushHeaders();
  if (!missed) {
    // Not an HTTP status: the response has started by the time the version is checked.
    const expired = gone(`too old resource version: ${since} (${store.startVersion})`).toStatus();
    return void res.end(JSON.stringify({ type: 'ERROR', object: expired }) + '\n');
  }
  // The API server accepts this form, matches no object, and ends the watch.
  if (form === 'metadata-list') return void res.end();

  // One write per turn of the event loop: controllers change many objects at once.
  let held = false;
  const release = (): void => {
    held = false;
    res.uncork();
  };
  const write = (line: string): void => {
    if (!held) {
      held = true;
      res.cork();
      setImmediate(release);
    }
    res.write(line + '\n');
    if (res.writableLength > MAX_BUFFERED) res.destroy();
  };
  const representation = { type, form, jsonOf: store.jsonOf };
  const send = (kind: string, object: KubeObject): void =>
    write(`{"type":"${kind}","object":${writeObject(representation, object)}}`);
  const bookmark = (initialEnd = false): void => {
    const metadata = {
      resourceVersion: String(store.version),
      creationTimestamp: null,
      ...(initialEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}),
    };
    const object = { kind: type.kind, apiVersion: groupVersion(type.group, type.version), metadata };
    write(JSON.stringify({ type: 'BOOKMARK', object }));
  };
  const forward = (event: ObjectEvent): void => {
    const seen = seenBy(matches, event);
    if (seen) send(seen, event.object);
  };

  if (initial) {
    for (const object of store.list(type.plural, type.namespaced ? request.namespace : undefined)) {
      if (matches(object)) send('ADDED', object);
    }
    if (query.get('sendInitialEvents') === 'true') bookmark(true);
  }
  missed.forEach(forward);

  metrics.countWatch(type.plural, 1);
  const unsubscribe = store.subscribe((event) => {
    if (event.plural === type.plural) forward(event);
  });
  const wantsBookmarks = query.get('allowWatchBookmarks') === 'true';
  const bookmarks = wantsBookmarks ? setInterval(bookmark, watch.bookmarkMs) : undefined;
  const seconds = Number(query.get('timeoutSeconds') ?? 0) || DEFAULT_TIMEOUT_S;
  const deadline = setTimeout(() => {
    if (wantsBookmarks) bookmark();
    res.end();
  }, seconds * 1000);
  res.once('close', () => {
    metrics.countWatch(type.plural, -1);
    unsubscribe();
    clearInterval(bookmarks);
    clearTimeout(deadline);
  });
}

function watchMatcher(request: ResourceRequest, query: URLSearchParams): (object: KubeObject) => boolean {
  const selected = matcherOf(query);
  const { type, namespace, name } = request;
  return (object) =>
    (!type.namespaced || namespace === undefined || object.metadata.namespace === namespace) &&
    (name === undefined || object.metadata.name === name) &&
    selected(object);
}

/** An object that enters or leaves the selection appears as ADDED or DELETED to the watcher. */
function seenBy(matches: (object: KubeObject) => boolean, event: ObjectEvent): ObjectEvent['type'] | undefined {
  const now = event.type !== 'DELETED' && matches(event.object);
  const before = event.previous !== undefined && matches(event.previous);
  if (now) return before ? 'MODIFIED' : 'ADDED';
  return before ? 'DELETED' : undefined;
}
