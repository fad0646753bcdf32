/** Refuses what a store may not consist of: in what helm is about to apply, and in what it stored before. */
import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Helm, RenderOptions } from '../helm/helm.ts';
import type { ReleaseRecord } from '../domain/observation.ts';
import { refuseManifest } from '../chart/check-manifest.ts';
import { refuseRecord } from '../chart/check-record.ts';
import { TerminalError } from './action-error.ts';

/** Releases remembered at most; one takes about 200 bytes. */
const MAX_REMEMBERED = 20_000;

export interface ManifestGuard {
  /** Throws TerminalError `ManifestRefused` for a manifest that must not be applied, and HelmError when there is none. */
  check(options: RenderOptions): Promise<void>;
  /** Why helm must not act on these records of a release in `namespace`, in a sentence; undefined when it may. */
  refuseStored(records: readonly ReleaseRecord[], namespace: string): string | undefined;
}

/**
 * `inputs`: paths of the chart and of the values files. A release whose inputs are those of its last accepted manifest,
 * byte for byte, is not rendered again: repairs and retries cost nothing more.
 */
export function createManifestGuard(helm: Pick<Helm, 'render'>, inputs: readonly string[]): ManifestGuard {
  /** Digest of the inputs accepted last, by release. */
  const accepted = new Map<string, string>();
  /** Digests of accepted records. */
  const records = new Set<string>();
  return {
    refuseStored(stored, namespace) {
      for (const { name, data } of stored) {
        const digest = createHash('sha256').update(`${namespace}\0${data}`).digest('hex');
        if (records.has(digest)) continue;
        const why = refuseRecord(data, namespace);
        if (why !== undefined)
          return `Nothing was applied, because helm's record ${name} was refused: ${why}. Remove that ConfigMap, or delete the store.`;
        if (records.size >= MAX_REMEMBERED) records.clear();
        records.add(digest);
      }
      return undefined;
    },
    async check({ name, namespace, values, signal }) {
      const release = `${namespace}/${name}`;
      const digest = digestOf(inputs, JSON.stringify(values));
      if (accepted.get(release) === digest) return;
      accepted.delete(release);
      const why = refuseManifest(await helm.render({ name, namespace, values, signal }), namespace);
      if (why !== undefined) {
        const message = `Nothing was applied, because the manifest was refused: ${why}. Correct the store's values or the chart.`;
        throw new TerminalError('ManifestRefused', message);
      }
      if (accepted.size >= MAX_REMEMBERED) accepted.clear();
      accepted.set(release, digest);
    },
  };
}

function digestOf(paths: readonly string[], values: string): string {
  const hash = createHash('sha256').update(values);
  for (const path of paths) hashPath(hash, path);
  return hash.digest('hex');
}

/** Adds names, lengths and contents of a file, or of all files below a folder. */
function hashPath(hash: Hash, path: string): void {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).toSorted()) hashPath(hash, join(path, name));
    return;
  }
  const content = readFileSync(path);
  hash.update(`\0${path}\0${content.length}\0`).update(content);
}
