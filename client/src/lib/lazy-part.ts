/** Parts of the page that are loaded when they are needed, or before that when the browser has nothing else to do. */
import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import { ChunkError } from './error-words.ts';

export interface LazyPart<Props> {
  Part: LazyExoticComponent<ComponentType<Props>>;
  prefetch: () => void;
}

/** Loads it, from the second time on without asking; throws ChunkError when it can't be had. */
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

/** When the browser has time. */
export function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(act, { timeout: 5000 });
  else setTimeout(act, 1000);
}
