/**
 * 5 WATCH: keeps one kind's objects, cluster-wide and label-selected, in step with the API server.
 *
 * List in pages, then watch from that version; a watch that ends goes on from the last version seen,
 * 410 Gone (as status or in the stream) lists again and tells the differences. A stream that goes silent
 * is cut. Only projections are kept. Handlers never see an exception of another.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Backoff, createBackoff } from './backoff.ts';
import { ClusterError, clusterErrorOf, unreachable } from './cluster-error.ts';
import { type KubeClient, METADATA_LIST } from './kube-client.ts';
import { readLines } from './read-lines.ts';

const PAGE = '500';
/** The server ends a watch after this; jittered so that the kinds don't reconnect together. */
const WATCH_SECONDS = [240, 300] as const;
/** Bookmarks come each minute: after this long without a byte the stream is dead. */
const SILENCE_MS = 150_000;
const SHORT_WATCH_MS = 1000;
/** A watch that asks for the list's form is answered with an empty stream. */
const METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

export interface KubeMeta {
  name: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  creationTimestamp?: string;
  deletionTimestamp?: string;
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
}

export class Reflector<Raw extends KubeObject, Item> {
  readonly #options: ReflectorOptions<Raw, Item>;
  readonly #items = new Map<string, Item>();
  readonly #stop = new AbortController();
  readonly #backoff: Backoff = createBackoff(250, 30_000);
  #version = '';
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
    return this.#items.get(`${namespace ?? ''}/${name}`);
  }

  values(): Iterable<Item> {
    return this.#items.values();
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
        else this.#backoff.reset();
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ClusterError && error.kind === 'expired') {
          this.#version = '';
          continue;
        }
        this.#lost(error);
        const asked = error instanceof ClusterError ? (error.retryAfterMs ?? 0) : 0;
        await this.#pause(Math.max(asked, this.#backoff.next()));
      }
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
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
    const { client, path, query, metadataOnly } = this.#options;
    const silent = new AbortController();
    const signal = AbortSignal.any([this.#stop.signal, silent.signal]);
    const [least, most] = WATCH_SECONDS;
    const response = await client.stream(path, {
      query: {
        ...query,
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion: this.#version,
        timeoutSeconds: String(Math.round(least + Math.random() * (most - least))),
      },
      signal,
      ...(metadataOnly ? { accept: METADATA } : {}),
    });
    this.#found();
    const watchdog = setTimeout(() => silent.abort(), SILENCE_MS);
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
    this.#backoff.reset();
    if (type === 'DELETED') this.#remove(keyOf(object));
    else if (type !== 'BOOKMARK') this.#put(object as Raw);
    this.#version = object.metadata.resourceVersion;
  }

  #put(object: Raw): void {
    const key = keyOf(object);
    const previous = this.#items.get(key);
    const next = this.#options.project(object);
    this.#items.set(key, next);
    this.#tell({ previous, next });
  }

  #remove(key: string): void {
    const previous = this.#items.get(key);
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
