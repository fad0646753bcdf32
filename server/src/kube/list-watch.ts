/** The two requests behind a reflector: the pages of a list, and the watch that continues it. */
import { type KubeClient, METADATA, METADATA_LIST } from './client.ts';
import { ClusterError, clusterErrorOf, unreachable } from './errors.ts';
import type { KubeObject } from './objects.ts';
import { readLines } from './read-lines.ts';

const PAGE = '500';
/** The server ends a watch after this; jittered so that the kinds don't all reconnect at once. */
const WATCH_SECONDS = [240, 300] as const;
/** A healthy server starts its response at once. */
const BEGIN_MS = 30_000;

export interface Selection {
  client: KubeClient;
  /** Cluster-wide path of the kind, such as `/api/v1/pods`. */
  path: string;
  /** `labelSelector`, `fieldSelector`. */
  query?: Record<string, string>;
  /** Fetch only metadata. */
  metadataOnly?: boolean;
}

export type WatchEvent<Raw extends KubeObject> =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: Raw }
  /** The object has a version and nothing else. */
  | { type: 'BOOKMARK'; object: KubeObject };

export interface WatchOptions {
  /** The watch reports later changes only. */
  version: string;
  signal: AbortSignal;
  /** A stream without a byte for this long is dead. */
  silenceMs: number;
  /** The server has answered. */
  onOpen: () => void;
}

interface Page<Raw> {
  metadata: { resourceVersion: string; continue?: string };
  /** An empty list of metadata only has null items. */
  items: Raw[] | null;
}

/** Hands over every object as its page arrives, and returns the list's version. Throws ClusterError. */
export async function listObjects<Raw extends KubeObject>(
  { client, path, query, metadataOnly }: Selection,
  signal: AbortSignal,
  onObject: (object: Raw) => void,
): Promise<string> {
  const accept = metadataOnly ? { accept: METADATA_LIST } : {};
  let next = '';
  let version = '';
  do {
    const pageQuery = { ...query, limit: PAGE, ...(next ? { continue: next } : {}) };
    const page = await client.json<Page<Raw>>(path, { query: pageQuery, signal, ...accept });
    for (const object of page.items ?? []) onObject(object);
    version = page.metadata.resourceVersion;
    next = page.metadata.continue ?? '';
  } while (next !== '');
  return version;
}

/** Yields changes until the server ends the watch. Throws ClusterError, also for an error within the stream. */
export async function* watchObjects<Raw extends KubeObject>(
  selection: Selection,
  options: WatchOptions,
): AsyncGenerator<WatchEvent<Raw>> {
  const { silenceMs, onOpen } = options;
  const silent = new AbortController();
  const cut = (): void => silent.abort();
  const begin = setTimeout(cut, Math.min(silenceMs, BEGIN_MS));
  const signal = AbortSignal.any([options.signal, silent.signal]);
  const response = await openWatch(selection, options.version, signal).finally(() => clearTimeout(begin));
  onOpen();
  const watchdog = setTimeout(cut, silenceMs);
  try {
    for await (const line of readLines(response.body)) {
      watchdog.refresh();
      yield parseEvent<Raw>(line);
    }
  } catch (error) {
    if (error instanceof ClusterError) throw error;
    throw unreachable(silent.signal.aborted ? new Error('the watch went silent') : error);
  } finally {
    clearTimeout(watchdog);
  }
}

function openWatch(
  { client, path, query, metadataOnly }: Selection,
  version: string,
  signal: AbortSignal,
): ReturnType<KubeClient['stream']> {
  const [least, most] = WATCH_SECONDS;
  const watch = {
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: version,
    timeoutSeconds: String(Math.round(least + Math.random() * (most - least))),
  };
  // A watch with the list's Accept header gets an empty stream.
  const accept = metadataOnly ? { accept: METADATA } : {};
  return client.stream(path, { query: { ...query, ...watch }, signal, ...accept });
}

function parseEvent<Raw extends KubeObject>(line: string): WatchEvent<Raw> {
  const event = JSON.parse(line) as WatchEvent<Raw> | { type: 'ERROR'; object: { code?: number } };
  if (event.type === 'ERROR') throw clusterErrorOf(event.object.code ?? 500, JSON.stringify(event.object));
  return event;
}
