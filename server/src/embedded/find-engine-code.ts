/** Finds what the embedded cluster runs stores with, by engine. */
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { CodePlaces, EngineNotice, Engines } from '@shopyard/engines';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../kit/config-error.ts';

export interface EngineCode {
  /** Options of the engines whose stores are real; all others are simulated. */
  real: ReadonlyMap<string, object>;
  /** What is to know about an engine before its first store. */
  notices: ReadonlyMap<string, EngineNotice>;
}

/** Throws ConfigError where the operator insists on real stores, and files are missing. */
export function findEngineCode(engines: Engines, { cluster, embeddedStores }: Config): EngineCode {
  const real = new Map<string, object>();
  const notices = new Map<string, EngineNotice>();
  const { mode, cacheDir, environment, cwd, limits } = embeddedStores;
  if (cluster.kind !== 'embedded' || mode === 'simulated') return { real, notices };
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  const places: CodePlaces = {
    cache: cacheDir,
    environment,
    at: (path) => resolve(cwd, path),
    exists: existsSync,
    hasProgram: (name) => folders.some((folder) => existsSync(join(folder, name))),
    machine: `${process.platform}-${process.arch}`,
  };
  for (const { id, embedded } of engines.values()) {
    const found = embedded.findCode?.(places);
    if (!found) continue;
    if (mode === 'real' && found.missing.length > 0)
      throw new ConfigError(`SHOPYARD_EMBEDDED_STORES=real needs ${found.missing.join(' and ')}: no such file`);
    if (found.options) real.set(id, { ...found.options, cache: join(cacheDir, 'unpacked'), ...limits });
    if (found.notice) notices.set(id, found.notice);
  }
  return { real, notices };
}
