/** Refuses forbidden objects, both in manifests that helm is about to apply and in its stored records. */
import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Helm, RenderOptions } from '../helm/helm.ts';
import type { ReleaseRecord } from '../domain/observation.ts';
import { refuseManifest } from '../chart/check-manifest.ts';
import { refuseRecord } from '../chart/check-record.ts';
import { TerminalError } from './errors.ts';

/** Maximum number of cached releases, about 200 bytes each. */
const MAX_REMEMBERED = 20_000;

export interface ManifestGuard {
  /** Throws TerminalError `ManifestRefused` for a forbidden manifest, HelmError if rendering fails. */
  check(options: RenderOptions): Promise<void>;
  /** One sentence why helm must not act on these release records in `namespace`; `undefined` if it may. */
  refuseStored(records: readonly ReleaseRecord[], namespace: string): string | undefined;
}

/**
 * A release whose inputs match its last accepted manifest byte for byte is not rendered again, so repairs and retries
 * cost nothing extra.
 */
export function createManifestGuard(helm: Pick<Helm, 'render'>): ManifestGuard {
  /** Digest of the last accepted inputs, by release. */
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
    async check(options) {
      const { name, namespace, chart, values } = options;
      const release = `${namespace}/${name}`;
      const digest = digestOf(chart, JSON.stringify(values));
      if (accepted.get(release) === digest) return;
      accepted.delete(release);
      const why = refuseManifest(await helm.render(options), namespace);
      if (why !== undefined) {
        const message = `Nothing was applied, because the manifest was refused: ${why}. Correct the store's settings or the chart.`;
        throw new TerminalError('ManifestRefused', message);
      }
      if (accepted.size >= MAX_REMEMBERED) accepted.clear();
      accepted.set(release, digest);
    },
  };
}

function digestOf(chart: string, values: string): string {
  const hash = createHash('sha256').update(values);
  hashPath(hash, chart);
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
