/** A store as the reconciler thinks of it: its row, parsed, and what it remembers between runs. */
import type { Condition, Phase } from '@shopyard/contracts';
import type { AttemptState } from './attempt.ts';
import type { AttentionState } from './attention.ts';
import type { Inventory } from './inventory.ts';

/** The reason that an adopted store gives until its spec gets another generation here. */
export const ADOPTED = 'Adopted';

/** A failure that is not over. */
export interface Problem {
  reason: string;
  message: string;
  /** Retrying can't help: only a new generation, a retry by hand, or a removal goes on. */
  terminal: boolean;
  generation: number;
  /** ISO 8601: when it is tried again by itself. */
  retryAt?: string;
  /** How often in a row it came to this. */
  tries?: number;
}

/** What a customer would have met in the shop. */
export interface Sighting {
  /** CamelCase: `Orderable`, or why nothing is sold. */
  reason: string;
  /** One sentence. */
  message: string;
  /** ISO 8601. */
  at?: string;
  /** Times in a row that a shop which was seen to work did not. */
  failures?: number;
}

export interface StoreState {
  id: string;
  name: string;
  namespace: string;
  /** Where it opens: its domain or port may be others than when it was installed. */
  url: string;
  engine: string;
  desired: 'present' | 'absent';
  generation: number;
  values: Record<string, unknown>;
  phase: Phase;
  reason: string | undefined;
  message: string | undefined;
  conditions: Condition[];
  /** The newest generation that the cluster was seen to have. */
  observedGeneration: number;
  verifiedRevision: number;
  problem: Problem | undefined;
  createdBy: string;
  createdAt: string;
  readyAt: string | undefined;
  /** What it consisted of when it was last seen to work. */
  inventory: Inventory | undefined;
  /** Absent in a new store, whose shop is still to be made. */
  sighting: Sighting | undefined;
  attention: AttentionState;
  attempt: AttemptState | undefined;
  /** Its removal may take finalizers off its objects. */
  forced: boolean;
  /** Adopted, and not changed since: it stays as the former installation left it, and is only observed. */
  held: boolean;
}

/** The store's own values, under the identity that nobody may set otherwise: what helm is given. */
export function helmValuesOf({
  id,
  name,
  url,
  values,
}: Pick<StoreState, 'id' | 'name' | 'url' | 'values'>): Record<string, unknown> {
  const given = values['store'];
  const own = typeof given === 'object' && given !== null ? given : {};
  return { ...values, store: { ...own, id, name, url } };
}
