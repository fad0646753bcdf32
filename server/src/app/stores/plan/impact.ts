/** What a change means for people, in words. Pure. */
import type { Impact, PlannedObject } from '@shopyard/contracts';
import type { DatabaseChange, Engine } from '@shopyard/engines';

export interface Change {
  engine: Engine;
  objects: readonly PlannedObject[];
  database: readonly DatabaseChange[];
  /** Measured at the last change that closed the shop. */
  closedSeconds: number | undefined;
  isNew: boolean;
  /** The store is suspended: nothing is applied before it resumes. */
  isSuspended?: boolean;
}

export function toImpact(change: Change): Impact {
  const { engine, objects, closedSeconds, isSuspended } = change;
  const database = verdictOn(change.database);
  const has = (kind: string, name: string, verdict: PlannedObject['verdict']): boolean =>
    objects.some((object) => object.kind === kind && object.name === name && object.verdict === verdict);
  const replaced = isSuspended ? [] : engine.components.filter(({ kind, name }) => has(kind, name, 'restarts'));
  const restarts = replaced.map(({ title }) => title);
  const setupRuns = engine.components.some(
    ({ kind, name }) => kind === 'Job' && (has(kind, name, 'replaced') || has(kind, name, 'created')),
  );
  const impact = {
    restarts,
    ...(restarts.length > 0 && closedSeconds !== undefined ? { closedSeconds } : {}),
    setupRuns,
    database,
    back: database === 'no' ? 'free' : 'none',
  } as const;
  return { ...impact, words: wordsOf(change, impact) };
}

function verdictOn(changes: readonly DatabaseChange[]): Impact['database'] {
  if (changes.length === 0) return 'no';
  return changes.some(({ isCertain }) => isCertain) ? 'yes' : 'maybe';
}

type Facts = Omit<Impact, 'words'>;

function wordsOf({ objects, isNew, isSuspended }: Change, facts: Facts): string {
  const refused = objects.filter(({ verdict }) => verdict === 'refused').map(({ kind, name }) => `${kind} ${name}`);
  if (refused.length > 0) return `The cluster refuses ${listed(refused)}, so none of this can be applied.`;
  if (isNew) return `Creates the store, with ${objects.length} objects.`;
  const effect = isSuspended ? 'Nothing changes before the store resumes.' : effectOf(objects, facts);
  return [effect, DATABASE[facts.database]].filter(Boolean).join(' ');
}

function effectOf(objects: readonly PlannedObject[], { restarts, closedSeconds, setupRuns }: Facts): string {
  if (restarts.length > 0) return `Restarts ${listed(restarts)}: ${closure(closedSeconds)}.`;
  if (setupRuns) return 'Nothing restarts. The setup runs again.';
  const isSame = objects.every(({ verdict }) => verdict === 'unchanged');
  return isSame ? 'Nothing changes.' : 'Nothing restarts.';
}

const DATABASE: Record<Impact['database'], string> = {
  no: '',
  maybe: 'It may change the database, which only a backup can undo.',
  yes: 'It changes the database, which only a backup can undo.',
};

function closure(seconds: number | undefined): string {
  if (seconds === undefined) return 'the shop is unavailable for a moment';
  const about = Math.max(5, Math.ceil(seconds / 5) * 5);
  return `the shop is unavailable for about ${about} s (${seconds} s last time)`;
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
}
