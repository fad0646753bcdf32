import { type ReactNode, useId } from 'react';
import { toLocalInput } from '../../lib/local-input.ts';
import { setParams } from '../../lib/route.ts';
import { LEVELS } from './log-level.ts';
import type { LogParams } from './log-params.ts';
import styles from './logs.module.css';

const LABELS = { error: 'Errors', warning: 'Warnings', info: 'Info' } as const;

interface LogOptionsProps {
  params: LogParams;
  wrap: boolean;
  probes: number;
}

/** Levels, time and how lines are shown. */
export function LogOptions({ params: { filter, range }, wrap, probes }: LogOptionsProps): ReactNode {
  const { levels, only, include } = filter;
  const toggle = (level: (typeof LEVELS)[number]): string =>
    LEVELS.filter((one) => (one === level) !== levels.includes(one)).join(',');
  return (
    <div className={styles.options}>
      <fieldset className={styles.chips}>
        <legend className="visually-hidden">Levels</legend>
        {LEVELS.map((level) => (
          <button
            key={level}
            type="button"
            data-size="small"
            data-level={level}
            aria-pressed={levels.includes(level)}
            onClick={() => setParams({ level: toggle(level) })}
          >
            {LABELS[level]}
          </button>
        ))}
      </fieldset>
      <Range range={range} />
      <label>
        <input
          type="checkbox"
          checked={wrap}
          onChange={({ target }) => setParams({ wrap: target.checked ? '1' : '0' })}
        />
        Wrap
      </label>
      {include !== '' && (
        <label>
          <input
            type="checkbox"
            checked={only}
            onChange={({ target }) => setParams({ only: target.checked ? undefined : '0' })}
          />
          Only matching lines
        </label>
      )}
      {probes > 0 && (
        <button
          type="button"
          data-size="small"
          data-kind="quiet"
          onClick={() => setParams({ probes: filter.probes ? undefined : '1' })}
        >
          {filter.probes ? 'Hide' : 'Show'} {probes} probe {probes === 1 ? 'line' : 'lines'}
        </button>
      )}
    </div>
  );
}

function Range({ range: { last, from, to } }: Pick<LogParams, 'range'>): ReactNode {
  const id = useId();
  const isCustom = last === undefined && (from !== undefined || to !== undefined);
  const choose = (choice: string): void => {
    const start = new Date(Date.now() - 60 * 60_000).toISOString();
    if (choice === 'custom') setParams({ last: undefined, from: start });
    else setParams({ last: choice, from: undefined, to: undefined });
  };
  return (
    <>
      <label className="visually-hidden" htmlFor={id}>
        Time
      </label>
      <select id={id} value={isCustom ? 'custom' : (last ?? '')} onChange={({ target }) => choose(target.value)}>
        <option value="">Any time</option>
        <option value="5m">Last 5 min</option>
        <option value="1h">Last hour</option>
        <option value="custom">From … to …</option>
      </select>
      {isCustom && (
        <>
          <Moment label="From" at={from} onChange={(at) => setParams({ from: at })} />
          <Moment label="To" at={to} onChange={(at) => setParams({ to: at })} />
        </>
      )}
    </>
  );
}

interface MomentProps {
  label: string;
  /** ISO 8601. */
  at: string | undefined;
  onChange: (at: string | undefined) => void;
}

/** A local time, kept in UTC. */
function Moment({ label, at, onChange }: MomentProps): ReactNode {
  return (
    <label>
      {label}{' '}
      <input
        type="datetime-local"
        step={1}
        value={at === undefined ? '' : toLocalInput(at, 'seconds')}
        onChange={({ target }) => onChange(target.value === '' ? undefined : new Date(target.value).toISOString())}
      />
    </label>
  );
}
