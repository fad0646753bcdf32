/**
 * 5 WATCH: keeps one kind's objects, cluster-wide and label-selected, in step with the API server.
 *
 * Lists in pages, then watches from that version. A watch that ends resumes from the last version seen;
 * 410 Gone (as status or in the stream) relists and reports the differences. Silent streams are
 * aborted. Only projections are kept. A handler that throws does not affect the others.
 */
import type { Clock } from '../kit/clock.ts';
import { type Backoff, createBackoff } from '../kit/connection-backoff.ts';
import { ClusterError } from './errors.ts';
import { type Change, KeptItems } from './kept-items.ts';
import { listObjects, type Selection, type WatchEvent, watchObjects } from './list-watch.ts';
import { keyOf, type KubeObject } from './objects.ts';

const SILENCE_MS = 150_000;
const SHORT_WATCH_MS = 1000;

export interface ReflectorOptions<Raw extends KubeObject, Item> extends Selection {
  /** Projects an object to the item that is kept. With `metadataOnly` it sees nothing else. */
  project: (object: Raw) => Item;
  /** `previous` is absent for a new object, `next` for a deleted one. */
  onChange: (change: Change<Item>) => void;
  /** Called when it connects to or loses the API server. */
  onHealth: () => void;
  onError: (error: unknown) => void;
  clock: Clock;
  /** A stream without a byte for this long is dead. Bookmarks arrive every minute. */
  silenceMs?: number;
}

export class Reflector<Raw extends KubeObject, Item> {
  readonly #options: ReflectorOptions<Raw, Item>;
  readonly #items: KeptItems<Raw, Item>;
  readonly #stop = new AbortController();
  readonly #backoff: Backoff = createBackoff(250, 10_000);
  #version = '';
  /** Consecutive expired versions. */
  #expiries = 0;
  #synced = false;
  #staleSince: Date | undefined = new Date();
  #running: Promise<void> | undefined;

  constructor(options: ReflectorOptions<Raw, Item>) {
    this.#options = options;
    this.#items = new KeptItems(options.project, (change) => this.#report(change));
  }

  /** True once the first list has completed. */
  get synced(): boolean {
    return this.#synced;
  }

  /** Since when it is disconnected; `undefined` while the watch is up. */
  get staleSince(): Date | undefined {
    return this.#staleSince;
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
    const seen = new Set<string>();
    this.#version = await listObjects<Raw>(this.#options, this.#stop.signal, (object) => {
      seen.add(keyOf(object));
      this.#items.put(object);
    });
    this.#items.keepOnly(seen);
    this.#synced = true;
    this.#found();
  }

  async #watch(): Promise<void> {
    const { silenceMs = SILENCE_MS } = this.#options;
    this.#items.resumeFrom(this.#version);
    const options = { version: this.#version, signal: this.#stop.signal, silenceMs, onOpen: () => this.#found() };
    for await (const event of watchObjects<Raw>(this.#options, options)) this.#apply(event);
  }

  #apply({ type, object }: WatchEvent<Raw>): void {
    this.#allIsWell();
    if (type !== 'BOOKMARK' && this.#items.isOld(object)) return;
    if (type === 'DELETED') this.#items.remove(keyOf(object));
    else if (type !== 'BOOKMARK') this.#items.put(object);
    this.#version = String(Math.max(Number(this.#version), Number(object.metadata.resourceVersion)));
  }

  #report(change: Change<Item>): void {
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
