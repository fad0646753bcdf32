import type { Overview, Phase } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { formatDuration } from '../../lib/duration.ts';
import { phaseTone } from '../../ui/phase-badge.tsx';
import type { Unit } from './plot-ticks.ts';
import { Plot, type PlotLine } from './plot.tsx';
import { fromBeginning } from './series.ts';
import styles from './home.module.css';

/** Stores by phase, and how long new ones took, over the period. */
export function Plots({ overview }: { overview: Overview }): ReactNode {
  const { times, begins, phases, provisioning } = overview;
  const now = toNow(phases);
  const counts = phases.map(({ phase, counts: values }) => ({ label: phase, values, colour: toColour(phase) }));
  const durations: PlotLine[] = [
    { label: 'median', values: provisioning.medians, colour: '--accent', points: true },
    { label: '95% within', values: provisioning.slowest, colour: '--warn', points: true },
  ];
  return (
    <>
      <PlotCard title="Stores by phase" text={`Now: ${now}.`} {...fromBeginning(times, counts, begins)} />
      <PlotCard
        title="Time to Ready"
        text={toSpeed(provisioning)}
        unit="seconds"
        {...(provisioning.count > 0 ? fromBeginning(times, durations, begins) : { times: [], lines: [] })}
      />
    </>
  );
}

interface PlotCardProps {
  title: string;
  text: string;
  times: readonly number[];
  lines: readonly PlotLine[];
  unit?: Unit;
}

/** A single sample makes no line: the text says it. */
function PlotCard({ title, text, times, lines, unit = 'stores' }: PlotCardProps): ReactNode {
  return (
    <section className={styles.card} data-half="true" aria-label={title}>
      <h2>{title}</h2>
      <p>{text}</p>
      {times.length > 1 && <Plot times={times} lines={lines} label={title} unit={unit} />}
    </section>
  );
}

function toNow(phases: Overview['phases']): string {
  const present = phases.filter(({ counts }) => (counts.at(-1) ?? 0) > 0);
  return present.map(({ phase, counts }) => `${counts.at(-1)} ${phase}`).join(', ') || 'no stores';
}

function toSpeed({ count, p50, p95 }: Overview['provisioning']): string {
  if (p50 === null || p95 === null) return 'No store became ready in this period.';
  return `${count} became ready: 50% within ${formatDuration(p50 * 1000)}, 95% within ${formatDuration(p95 * 1000)}.`;
}

function toColour(phase: Phase): PlotLine['colour'] {
  const tone = phaseTone(phase);
  return tone === 'quiet' || tone === 'asleep' ? '--ink-soft' : `--${tone}`;
}
