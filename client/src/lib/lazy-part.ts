/** Code-split parts of the page, loaded on first use or prefetched while the browser is idle. */
import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import { ChunkError } from './describe-error.ts';

export interface LazyPart<Props> {
  Part: LazyExoticComponent<ComponentType<Props>>;
  prefetch: () => void;
}

/** Caches a successful load and retries a failed one on the next call; rejects with ChunkError. */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () =>
    (loaded ??= load().catch((cause: unknown) => {
      loaded = undefined;
      throw new ChunkError('a part of the page could not be loaded', { cause });
    }));
}

export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  const once = loadOnce(load);
  return {
    Part: lazy(async () => ({ default: await once() })),
    prefetch: () => void once().catch(() => undefined),
  };
}

/** Runs `act` when the browser is idle, after 5 s at the latest; after 1 s where idle callbacks are unsupported. */
export function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(act, { timeout: 5000 });
  else setTimeout(act, 1000);
}
