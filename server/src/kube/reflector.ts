/**
 * 5 WATCH: keeps one kind's objects, cluster-wide and label-selected, in step with the API server.
 *
 * List in pages, then watch from that version; a watch that ends goes on from the last version seen,
 * 410 Gone (as status or in the stream) lists again and tells the differences. A stream that goes silent
 * is cut. Only projections are kept. Handlers never see an exception of another.
 */
import type { Clock } from '../kit/clock.ts';
import { type Backoff, createBackoff } from '../kit/backoff.ts';
import { ClusterError, clusterErrorOf, unreachable } from './errors.ts';
import { type KubeClient, METADATA_LIST } from './client.ts';
import { readLines } from './read-lines.ts';

const PAGE = '500';
/** The server ends a watch after this; jittered so that the kinds don't reconnect together. */
const WATCH_SECONDS = [240, 300] as const;
const SILENCE_MS = 150_000;
/** A server that is well begins its answer at once. */
const BEGIN_MS = 30_000;
const SHORT_WATCH_MS = 1000;
/** A watch that asks for the list's form is answered with an empty stream. */
const METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

export interface KubeMeta {
  name: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  finalizers?: string[];
}

export interface KubeObject {
  metadata: KubeMeta;
}

interface WatchLine {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: KubeObject & { code?: number };
}

export interface ReflectorOptions<Raw extends KubeObject, Item> {
  client: KubeClient;
  /** Cluster-wide path of the kind, such as `/api/v1/pods`. */
  path: string;
  /** `labelSelector`, `fieldSelector`. */
  query?: Record<string, string>;
  /** Ask for the objects' metadata alone: `project` sees nothing else. */
  metadataOnly?: boolean;
  /** What is kept of an object. */
  project: (object: Raw) => Item;
  /** `previous` and `next` are absent for an object that is new or gone. */
  onChange: (change: { previous: Item | undefined; next: Item | undefined }) => void;
  /** Called when it gets or loses touch with the API server. */
  onHealth: () => void;
  onError: (error: unknown) => void;
  clock: Clock;
  /** After this long without a byte a stream is dead. Bookmarks come each minute. */
  silenceMs?: number;
}

interface Kept<Item> {
  item: Item;
  version: number;
}

export class Reflector<Raw extends KubeObject, Item> {
  readonly #options: ReflectorOptions<Raw, Item>;
  readonly #items = new Map<string, Kept<Item>>();
  readonly #stop = new AbortController();
  readonly #backoff: Backoff = createBackoff(250, 10_000);
  #version = '';
  /** Where the running watch began: it tells only what came after. */
  #resumedFrom = 0;
  /** Times in a row that a version was too old. */
  #expiries = 0;
  #synced = false;
  #staleSince: Date | undefined = new Date();
  #running: Promise<void> | undefined;

  constructor(options: ReflectorOptions<Raw, Item>) {
    this.#options = options;
  }

  /** Has listed at least once. */
  get synced(): boolean {
    return this.#synced;
  }

  /** Since when it is out of touch; undefined while the watch is up. */
  get staleSince(): Date | undefined {
    return this.#staleSince;
  }

  get(namespace: string | undefined, name: string): Item | undefined {
    return this.#items.get(`${namespace ?? ''}/${name}`)?.item;
  }

  *values(): Iterable<Item> {
    for (const { item } of this.#items.values()) yield item;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        if (this.#version === '') await this.#list();
        const since = performance.now();
        await this.#watch();
        // A server that ends each watch at once would otherwise be asked in a tight loop.
        if (performance.now() - since < SHORT_WATCH_MS) await this.#pause(this.#backoff.next());
        else this.#allIsWell();
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ClusterError && error.kind === 'expired') {
          this.#version = '';
          // Once is usual. A server that says so of the version it has just given would be asked without end.
          this.#expiries += 1;
          if (this.#expiries === 1) continue;
        } else this.#lost(error);
        const asked = error instanceof ClusterError ? (error.retryAfterMs ?? 0) : 0;
        await this.#pause(Math.max(asked, this.#backoff.next()));
      }
    }
  }

  async #pause(ms: number): Promise<void> {
    await this.#options.clock.sleep(ms, this.#stop.signal);
  }

  async #list(): Promise<void> {
    const { client, path, query, metadataOnly } = this.#options;
    const seen = new Set<string>();
    let continueToken = '';
    let version = '';
    do {
      const page = await client.json<{ metadata: { resourceVersion: string; continue?: string }; items: Raw[] | null }>(
        path,
        {
          query: { ...query, limit: PAGE, ...(continueToken ? { continue: continueToken } : {}) },
          signal: this.#stop.signal,
          ...(metadataOnly ? { accept: METADATA_LIST } : {}),
        },
      );
      // An empty list of metadata alone says null.
      for (const object of page.items ?? []) {
        seen.add(keyOf(object));
        this.#put(object);
      }
      version = page.metadata.resourceVersion;
      continueToken = page.metadata.continue ?? '';
    } while (continueToken !== '');
    for (const key of this.#items.keys()) if (!seen.has(key)) this.#remove(key);
    this.#version = version;
    this.#synced = true;
    this.#found();
  }

  async #watch(): Promise<void> {
    const { client, path, query, metadataOnly, silenceMs = SILENCE_MS } = this.#options;
    this.#resumedFrom = Number(this.#version);
    const silent = new AbortController();
    const cut = (): void => silent.abort();
    const begin = setTimeout(cut, Math.min(silenceMs, BEGIN_MS));
    const signal = AbortSignal.any([this.#stop.signal, silent.signal]);
    const [least, most] = WATCH_SECONDS;
    const response = await client
      .stream(path, {
        query: {
          ...query,
          watch: 'true',
          allowWatchBookmarks: 'true',
          resourceVersion: this.#version,
          timeoutSeconds: String(Math.round(least + Math.random() * (most - least))),
        },
        signal,
        ...(metadataOnly ? { accept: METADATA } : {}),
      })
      .finally(() => clearTimeout(begin));
    this.#found();
    const watchdog = setTimeout(cut, silenceMs);
    try {
      for await (const line of readLines(response.body)) {
        watchdog.refresh();
        this.#apply(JSON.parse(line) as WatchLine);
      }
    } catch (error) {
      throw error instanceof ClusterError
        ? error
        : unreachable(silent.signal.aborted ? new Error('the watch went silent') : error);
    } finally {
      clearTimeout(watchdog);
    }
  }

  #apply({ type, object }: WatchLine): void {
    if (type === 'ERROR') throw clusterErrorOf(object.code ?? 500, JSON.stringify(object));
    this.#allIsWell();
    if (type !== 'BOOKMARK' && this.#isOld(object)) return;
    if (type === 'DELETED') this.#remove(keyOf(object));
    else if (type !== 'BOOKMARK') this.#put(object as Raw);
    this.#version = String(Math.max(Number(this.#version), Number(object.metadata.resourceVersion)));
  }

  /** A server that lags behind the one before may tell the past once more. Versions are numbers that rise. */
  #isOld(object: KubeObject): boolean {
    const version = Number(object.metadata.resourceVersion);
    const known = this.#items.get(keyOf(object));
    return version <= this.#resumedFrom || (known !== undefined && version < known.version);
  }

  #put(object: Raw): void {
    const key = keyOf(object);
    const previous = this.#items.get(key)?.item;
    const next = this.#options.project(object);
    this.#items.set(key, { item: next, version: Number(object.metadata.resourceVersion) });
    this.#tell({ previous, next });
  }

  #remove(key: string): void {
    const previous = this.#items.get(key)?.item;
    if (previous === undefined) return;
    this.#items.delete(key);
    this.#tell({ previous, next: undefined });
  }

  #tell(change: { previous: Item | undefined; next: Item | undefined }): void {
    try {
      this.#options.onChange(change);
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #allIsWell(): void {
    this.#backoff.reset();
    this.#expiries = 0;
  }

  #found(): void {
    if (this.#staleSince === undefined) return;
    this.#staleSince = undefined;
    this.#options.onHealth();
  }

  #lost(error: unknown): void {
    this.#options.onError(error);
    if (this.#staleSince !== undefined) return;
    this.#staleSince = new Date();
    this.#options.onHealth();
  }
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
