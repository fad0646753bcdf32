/** Revisions of a store: the values of each generation that a person or another Shopyard started, and what became of it. Pure. */
import type { RevisionOutcome, ChartPin } from '@shopyard/contracts';
import { isInstalled } from './readiness.ts';
import type { Situation } from './situation.ts';
import type { StoreStatus } from './store.ts';

/** Times are ISO 8601. */
export interface Revision extends Partial<RevisionFacts> {
  /** That of the spec which began with it. Retries raise the store's, and make no revision: the values stay. */
  generation: number;
  values: Record<string, unknown>;
  actor: string;
  /** In the actor's words. */
  reason?: string;
  at: string;
  /** The generation whose values it took. */
  rolledBackTo?: number;
  /** Absent until it is known. */
  outcome?: RevisionOutcome;
  /** When it was first seen to work. */
  verifiedAt?: string;
}

/** What was installed for it. */
export interface RevisionFacts {
  helmRevision: number;
  chartVersion: string;
  /** See ChartPin. */
  chartDigest: string;
  /** SHA-256 of the platform's values. */
  platformDigest: string;
  /** By name, such as `woocommerce`. */
  versions: Record<string, string>;
  /** How long it kept a shop closed that was open before; absent if nobody watched all of it. */
  closedSeconds: number;
}

/** The chart that it was made with, as far as that was noted. */
export function pinOf({ chartVersion: version, chartDigest: digest }: Partial<RevisionFacts>): ChartPin | undefined {
  return version === undefined ? undefined : { version, digest };
}

/** What a status says of the newest revision. */
export interface RevisionVerdict extends Partial<RevisionFacts> {
  outcome: 'verified' | 'failed';
  at: string;
}

/** `undefined` if the status says nothing new. */
export function toVerdict({ store, view, now }: Situation, status: StoreStatus): RevisionVerdict | undefined {
  if (status.phase === store.phase && status.verifiedRevision === store.verifiedRevision) return undefined;
  const at = new Date(now).toISOString();
  const helmRevision = isInstalled(store, view) ? view.release?.revision : undefined;
  const installed = helmRevision === undefined ? {} : { helmRevision };
  if (helmRevision !== undefined && status.verifiedRevision === helmRevision)
    return { outcome: 'verified', at, helmRevision };
  return status.phase === 'Failed' ? { outcome: 'failed', at, ...installed } : undefined;
}
