import type { Overview, Phase } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { formatDuration } from '../../lib/duration.ts';
import { setParams, storesHref, useRoute } from '../../lib/route.ts';
import { trpc } from '../../live/trpc.ts';
import { usePushed } from '../../live/use-pushed.ts';
import { phaseTone } from '../../ui/phase-badge.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import styles from './overview.module.css';
import { Plot, type PlotLine } from './plot.tsx';

const RANGES = [
  [1, '1 h'],
  [6, '6 h'],
  [24, '24 h'],
  [168, '7 d'],
] as const;

/** Phases, time to Ready and problems over the last hours. `urgent`: number of stores that need attention now. */
export function OverviewPage({ urgent }: { urgent: number }): ReactNode {
  const { params } = useRoute();
  const hours = Number(params.get('hours') ?? 6);
  const { data, error, ...handlers } = usePushed<Overview>();
  trpc.platform.watchOverview.useSubscription({ hours }, handlers);
  return (
    <section aria-label="Overview" className={styles.page}>
      <div className={styles.head}>
        <h2>Overview</h2>
        <fieldset className={styles.ranges}>
          <legend className="visually-hidden">Time range</legend>
          {RANGES.map(([value, label]) => (
            <button
              key={value}
              type="button"
              aria-pressed={hours === value}
              onClick={() => setParams({ hours: String(value) })}
            >
              {label}
            </button>
          ))}
        </fieldset>
      </div>
      {error && <p role="alert">{error}</p>}
      {urgent > 0 && (
        <p className={styles.urgent}>
          <a href={storesHref({ attention: '1' })}>
            {urgent} {urgent === 1 ? 'store needs' : 'stores need'} attention
          </a>
        </p>
      )}
      {data ? <Plots overview={data} /> : !error && <Waiting />}
    </section>
  );
}

function Plots({ overview }: { overview: Overview }): ReactNode {
  const { times, phases, provisioning, failures } = overview;
  const now = phases.map(({ phase, counts }) => `${counts.at(-1) ?? 0} ${phase}`).join(', ') || 'no stores';
  const { count, p50, p95, medians: p50s, slowest: p95s } = provisioning;
  const speed =
    p50 === null || p95 === null
      ? 'No store became Ready in this period.'
      : `${count} became Ready: half within ${formatDuration(p50 * 1000)}, 95 % within ${formatDuration(p95 * 1000)}.`;
  return (
    <div className={styles.grid}>
      <Card title="Stores by phase" text={`Now: ${now}.`} wide>
        <Plot
          times={times}
          lines={phases.map(({ phase, counts }) => ({ label: phase, values: counts, colour: toColour(phase) }))}
          label={`Stores by phase over time. Now: ${now}.`}
        />
      </Card>
      <Card title="Time to Ready" text={speed}>
        <Plot
          times={times}
          lines={[
            { label: 'p50 (s)', values: p50s, colour: '--accent', points: true },
            { label: 'p95 (s)', values: p95s, colour: '--warn', points: true },
          ]}
          label={`Time to Ready. ${speed}`}
        />
      </Card>
      <Card
        title="Problems"
        text={
          failures.length === 0 ? 'None in this period.' : 'How often a store started to need attention, by reason.'
        }
      >
        <ReasonBars failures={failures} />
      </Card>
    </div>
  );
}

function ReasonBars({ failures }: Pick<Overview, 'failures'>): ReactNode {
  const most = failures[0]?.count ?? 1;
  return (
    <ul className={styles.bars}>
      {failures.map(({ reason, count }) => (
        // React's types know no custom properties.
        <li key={reason} style={{ ['--share' as string]: count / most }}>
          <a href={storesHref({ q: reason })}>{reason}</a> <b>{count}</b>
        </li>
      ))}
    </ul>
  );
}

interface CardProps {
  title: string;
  text: string;
  wide?: boolean;
  children: ReactNode;
}

function Card({ title, text, wide = false, children }: CardProps): ReactNode {
  return (
    <section className={styles.card} data-wide={wide} aria-label={title}>
      <h3>{title}</h3>
      <p>{text}</p>
      {children}
    </section>
  );
}

function toColour(phase: Phase): PlotLine['colour'] {
  const tone = phaseTone(phase);
  return tone === 'quiet' ? '--ink-soft' : `--${tone}`;
}
