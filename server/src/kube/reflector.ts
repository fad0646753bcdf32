/**
 * 5 WATCH: keeps one kind's objects, cluster-wide and label-selected, in step with the API server.
 *
 * Lists in pages, then watches from that version. A watch that ends resumes from the last version seen;
 * 410 Gone (as status or in the stream) relists and reports the differences. Silent streams are
 * aborted. Only projections are kept. A handler that throws does not affect the others.
 */
import type { Clock } from '../kit/clock.ts';
import { type Backoff, createBackoff } from '../kit/backoff.ts';
import { ClusterError, clusterErrorOf, unreachable } from './errors.ts';
import { type KubeClient, METADATA_LIST } from './client.ts';
import { readLines } from './read-lines.ts';

const PAGE = '500';
/** The server ends a watch after this; jittered so that the kinds don't all reconnect at once. */
const WATCH_SECONDS = [240, 300] as const;
const SILENCE_MS = 150_000;
/** A healthy server starts its response at once. */
const BEGIN_MS = 30_000;
const SHORT_WATCH_MS = 1000;
/** A watch with the list's Accept header gets an empty stream. */
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
  /** Fetch only metadata: `project` sees nothing else. */
  metadataOnly?: boolean;
  /** Projects an object to the item that is kept. */
  project: (object: Raw) => Item;
  /** `previous` is absent for a new object, `next` for a deleted one. */
  onChange: (change: { previous: Item | undefined; next: Item | undefined }) => void;
  /** Called when it connects to or loses the API server. */
  onHealth: () => void;
  onError: (error: unknown) => void;
  clock: Clock;
  /** A stream without a byte for this long is dead. Bookmarks arrive every minute. */
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
  /** Start version of the running watch, which reports only later changes. */
  #resumedFrom = 0;
  /** Consecutive expired versions. */
  #expiries = 0;
  #synced = false;
  #staleSince: Date | undefined = new Date();
  #running: Promise<void> | undefined;

  constructor(options: ReflectorOptions<Raw, Item>) {
    this.#options = options;
  }

  /** True once the first list has completed. */
  get synced(): boolean {
    return this.#synced;
  }

  /** Since when it is disconnected; `undefined` while the watch is up. */
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
        // Prevents a tight loop if the server ends each watch at once.
        if (performance.now() - since < SHORT_WATCH_MS) await this.#pause(this.#backoff.next());
        else this.#allIsWell();
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ClusterError && error.kind === 'expired') {
          this.#version = '';
          // Once is normal. A server that rejects the version it just returned would cause an endless loop.
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
      // An empty metadata-only list has null items.
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

  /** A server that lags behind the previous one may replay old events. Versions are increasing numbers. */
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
