/** Revisions in words for people. Pure. */
import { differencesOf, labelOf, type RevisionOutcome, type Setting, type ShownRevision } from '@shopyard/contracts';
import { toWords } from '../settings/value-changes.tsx';
import type { Tone } from '../../ui/tone-mark.tsx';

/** Changed settings that are listed one by one, and characters of a value. */
const SHOWN = 4;
const MAX_VALUE = 40;

const OUTCOMES: Record<RevisionOutcome, { tone: Tone; text: string }> = {
  verified: { tone: 'good', text: 'Worked' },
  failed: { tone: 'bad', text: 'Failed' },
  rolled_back: { tone: 'quiet', text: 'Rolled back' },
  superseded: { tone: 'quiet', text: 'Superseded' },
};

export function describeOutcome({ outcome }: ShownRevision): { tone: Tone; text: string } {
  return outcome ? OUTCOMES[outcome] : { tone: 'busy', text: 'In progress' };
}

/** `before`: the one before it, if it is known. */
export function describeChange(
  { values, rolledBackTo, chartVersion }: ShownRevision,
  before: ShownRevision | undefined,
  settings: readonly Setting[],
): string {
  if (rolledBackTo !== undefined) return `Rolled back to generation ${rolledBackTo}`;
  if (!before) return '';
  const isOtherChart = before.chartVersion !== undefined && before.chartVersion !== chartVersion;
  const changes = [
    ...(isOtherChart ? [`Chart: ${before.chartVersion} → ${chartVersion ?? ''}`] : []),
    ...differencesOf(before.values, values).map(
      (change) => `${labelOf(settings, change.path)}: ${toShort(change.before)} → ${toShort(change.after)}`,
    ),
  ];
  if (changes.length === 0) return 'Same settings';
  const more = changes.length > SHOWN ? ` and ${changes.length - SHOWN} more` : '';
  return `${changes.slice(0, SHOWN).join(', ')}${more}`;
}

function toShort(value: unknown): string {
  const words = toWords(value);
  return words.length > MAX_VALUE ? `${words.slice(0, MAX_VALUE)}…` : words;
}
