import { type Phase, PHASES } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { phaseTone } from '../../ui/phase-badge.tsx';
import { Bar } from '../../ui/skeleton.tsx';
import { ToneMark } from '../../ui/tone-mark.tsx';
import styles from './store-list.module.css';

interface PhaseChipsProps {
  /** Until then there is nothing to count. */
  loaded: boolean;
  counts: ReadonlyMap<Phase, number>;
  total: number;
  /** Number of stores that need attention. */
  urgent: number;
  /** Whether only stores that need attention are shown. */
  urgentOnly: boolean;
  chosen: readonly Phase[];
  onChange: (change: { phases: Phase[]; urgent: boolean }) => void;
}

/** Filter buttons with counts: stores that need attention, and stores in each phase. */
export function PhaseChips({
  loaded,
  counts,
  total,
  urgent,
  urgentOnly,
  chosen,
  onChange,
}: PhaseChipsProps): ReactNode {
  const shown = PHASES.filter((phase) => (counts.get(phase) ?? 0) > 0 || chosen.includes(phase));
  return (
    <fieldset className={styles.chips}>
      <legend className="visually-hidden">Phases</legend>
      <button
        type="button"
        data-urgent={urgent > 0}
        aria-pressed={urgentOnly}
        onClick={() => onChange({ phases: [...chosen], urgent: !urgentOnly })}
      >
        <ToneMark tone={urgent > 0 ? 'bad' : 'quiet'} />
        Needs attention <b>{loaded ? urgent : <Bar chars={1} />}</b>
      </button>
      <button
        type="button"
        aria-pressed={chosen.length === 0 && !urgentOnly}
        onClick={() => onChange({ phases: [], urgent: false })}
      >
        All <b>{loaded ? total : <Bar chars={1} />}</b>
      </button>
      {shown.map((phase) => (
        <button
          key={phase}
          type="button"
          data-tone={phaseTone(phase)}
          aria-pressed={chosen.includes(phase)}
          onClick={() =>
            onChange({
              phases: chosen.includes(phase) ? chosen.filter((other) => other !== phase) : [...chosen, phase],
              urgent: urgentOnly,
            })
          }
        >
          <ToneMark tone={phaseTone(phase)} />
          {phase} <b>{counts.get(phase) ?? 0}</b>
        </button>
      ))}
    </fieldset>
  );
}
