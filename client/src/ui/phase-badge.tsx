import { needsAttention, type Phase, type Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import styles from './phase-badge.module.css';
import { type Tone, ToneMark } from './tone-mark.tsx';

const TONE: Record<Phase, Tone> = {
  Queued: 'quiet',
  Provisioning: 'busy',
  Ready: 'good',
  Degraded: 'warn',
  Upgrading: 'busy',
  Suspended: 'asleep',
  Deleting: 'quiet',
  Failed: 'bad',
};

/** Tone of a phase regardless of attention, for charts of phases. */
export function phaseTone(phase: Phase): Tone {
  return TONE[phase];
}

/** The server decides the attention level. A store that needs no attention is never amber or red. */
export function storeTone({ phase, attention: { level } }: Pick<Store, 'phase' | 'attention'>): Tone {
  if (level === 'broken') return 'bad';
  if (level === 'stuck') return 'warn';
  return TONE[phase] === 'warn' || TONE[phase] === 'bad' ? 'busy' : TONE[phase];
}

export function PhaseBadge({ store }: { store: Pick<Store, 'phase' | 'attention'> }): ReactNode {
  const { phase, attention } = store;
  const tone = storeTone(store);
  return (
    <span className={styles.badge} data-tone={tone}>
      <ToneMark tone={tone} />
      {phase}
      {needsAttention(store) && phase !== 'Failed' && `, ${attention.level}`}
    </span>
  );
}
