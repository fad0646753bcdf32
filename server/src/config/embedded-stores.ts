/** How the embedded cluster runs stores: for real where their code is there, or simulated. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './environment.ts';

export interface EmbeddedStores {
  /** `auto`: for real where the code of an engine is on this machine, or can be installed. */
  mode: 'auto' | 'simulated' | 'real';
  /** Shopyard's cache: code, for all installations of this user. */
  cacheDir: string;
  /** For the engines, which look for their code; `cwd` is where relative paths begin. */
  environment: Readonly<Record<string, string | undefined>>;
  cwd: string;
  /** From measurements: on up to four cores, one store of an engine starts at a time, on more, two. */
  limits: { startsAtOnce: number; idleMs: number; memoryMiB: number };
}

export function embeddedStores(
  values: Environment,
  given: { environment: EmbeddedStores['environment']; cwd: string },
): EmbeddedStores {
  return {
    mode: values.SHOPYARD_EMBEDDED_STORES,
    cacheDir: join(values.XDG_CACHE_HOME, 'shopyard'),
    ...given,
    limits: {
      startsAtOnce: availableParallelism() > 4 ? 2 : 1,
      idleMs: values.SHOPYARD_STORE_IDLE_SECONDS * 1000,
      memoryMiB: values.SHOPYARD_STORE_MEMORY_MIB,
    },
  };
}
