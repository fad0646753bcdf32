import { ChevronDown, ChevronUp, CircleMinus, Regex, Search } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { actOf, type KeyActs, type KeyOf } from '../../lib/shortcuts.ts';
import { setParams } from '../../lib/route.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import type { LogFilter } from './filtered-log.ts';
import styles from './logs.module.css';
import { faultOf } from './match-lines.ts';

interface LogSearchProps {
  filter: LogFilter;
  slow: boolean;
  /** Place of the current match and number of matches. */
  place: { at: number; count: number };
  /** Moves by so many matches. */
  onStep: (by: 1 | -1) => void;
}

/** What lines must contain, and must not. Enter and Shift+Enter move between matches. */
export function LogSearch({ filter, slow, place, onStep }: LogSearchProps): ReactNode {
  const { include, exclude, regex } = filter;
  const tooSlow = slow ? 'This expression takes too long here. Simplify it.' : undefined;
  return (
    <search className={styles.search}>
      <Field
        label="Search the log"
        placeholder={regex ? 'Regular expression' : 'Search'}
        value={include}
        fault={regex ? (faultOf(include) ?? tooSlow) : undefined}
        onChange={(q) => setParams({ q })}
        onStep={onStep}
      />
      <IconButton
        icon={Regex}
        label="Regular expressions"
        aria-pressed={regex}
        onClick={() => setParams({ regex: regex ? undefined : '1' })}
      />
      <IconButton
        icon={ChevronUp}
        label="Previous match (Shift+Enter)"
        disabled={place.count === 0}
        onClick={() => onStep(-1)}
      />
      <IconButton
        icon={ChevronDown}
        label="Next match (Enter)"
        disabled={place.count === 0}
        onClick={() => onStep(1)}
      />
      {include !== '' && (
        <output className={styles.count}>
          {place.at > 0 ? `${place.at} of ${place.count}` : `${place.count} found`}
        </output>
      )}
      <span className={styles.exclude} data-used={exclude !== ''}>
        <Field
          label="Exclude lines"
          placeholder="Exclude"
          value={exclude}
          fault={regex ? faultOf(exclude) : undefined}
          onChange={(not) => setParams({ not })}
        />
      </span>
    </search>
  );
}

interface FieldProps {
  label: string;
  placeholder: string;
  value: string;
  fault: string | undefined;
  onChange: (value: string) => void;
  onStep?: LogSearchProps['onStep'];
}

function Field({ label, placeholder, value, fault, onChange, onStep }: FieldProps): ReactNode {
  const id = useId();
  const Icon = onStep ? Search : CircleMinus;
  return (
    <span className={styles.field}>
      <Icon aria-hidden />
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : id}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={(event) => {
          const acts: KeyActs<KeyOf<'search'>> = { Enter: onStep && (() => onStep(event.shiftKey ? -1 : 1)) };
          const act = actOf(acts, event.key);
          if (!act) return;
          event.preventDefault();
          act();
        }}
      />
      {fault !== undefined && (
        <output id={id} className={styles.fault}>
          {fault}
        </output>
      )}
    </span>
  );
}
