import type { Phase } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import styles from './phase-badge.module.css';

const TONE: Record<Phase, 'good' | 'busy' | 'warn' | 'bad' | 'quiet'> = {
  Queued: 'quiet',
  Provisioning: 'busy',
  Ready: 'good',
  Degraded: 'warn',
  Upgrading: 'busy',
  Suspended: 'quiet',
  Deleting: 'quiet',
  Failed: 'bad',
};

export function toneOf(phase: Phase): string {
  return TONE[phase];
}

export function PhaseBadge({ phase }: { phase: Phase }): ReactNode {
  return (
    <span className={styles.badge} data-tone={TONE[phase]}>
      {phase}
    </span>
  );
}
