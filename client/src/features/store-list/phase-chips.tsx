import { type Phase, PHASES } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { toneOf } from '../../ui/phase-badge.tsx';
import styles from './store-list.module.css';

interface PhaseChipsProps {
  counts: ReadonlyMap<Phase, number>;
  total: number;
  chosen: readonly Phase[];
  onChange: (phases: Phase[]) => void;
}

/** How many stores are in each phase; pressed, only those are shown. */
export function PhaseChips({ counts, total, chosen, onChange }: PhaseChipsProps): ReactNode {
  const shown = PHASES.filter((phase) => (counts.get(phase) ?? 0) > 0 || chosen.includes(phase));
  return (
    <fieldset className={styles.chips}>
      <legend className="visually-hidden">Phases</legend>
      <button type="button" aria-pressed={chosen.length === 0} onClick={() => onChange([])}>
        All <b>{total}</b>
      </button>
      {shown.map((phase) => (
        <button
          key={phase}
          type="button"
          data-tone={toneOf(phase)}
          aria-pressed={chosen.includes(phase)}
          onClick={() =>
            onChange(chosen.includes(phase) ? chosen.filter((other) => other !== phase) : [...chosen, phase])
          }
        >
          {phase} <b>{counts.get(phase) ?? 0}</b>
        </button>
      ))}
    </fieldset>
  );
}
