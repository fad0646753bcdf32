import type { ReactNode } from 'react';
import { setParams } from '../../lib/route.ts';
import { ACTION_NAMES, actionWords } from './describe-audit.ts';
import { type AuditFilters as Filters, PERIODS } from './audit-query.ts';
import styles from './audit.module.css';

const ACTIONS = ACTION_NAMES.map((action) => ({ action, words: actionWords(action) })).toSorted((a, b) =>
  a.words.localeCompare(b.words),
);

/** By whom, what, on what, with which outcome, and since when. */
export function AuditFilters({ filters }: { filters: Filters }): ReactNode {
  const text = (name: 'actor' | 'object', label: string, placeholder: string): ReactNode => (
    <label>
      {label}
      <input
        key={filters[name]}
        type="search"
        defaultValue={filters[name]}
        placeholder={placeholder}
        autoCapitalize="none"
        spellCheck={false}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && setParams({ [name]: currentTarget.value.trim() })}
        onBlur={({ target }) => target.value.trim() !== filters[name] && setParams({ [name]: target.value.trim() })}
      />
    </label>
  );
  const choice = (name: 'action' | 'outcome' | 'period', label: string, options: ReactNode): ReactNode => (
    <label>
      {label}
      <select value={filters[name]} onChange={({ target }) => setParams({ [name]: target.value })}>
        {options}
      </select>
    </label>
  );
  return (
    <search className={styles.filters} aria-label="Filter activity">
      {text('actor', 'Who', 'Name')}
      {choice(
        'action',
        'Did what',
        <>
          <option value="">Anything</option>
          {filters.action !== '' && !ACTION_NAMES.includes(filters.action) && (
            <option value={filters.action}>{filters.action}</option>
          )}
          {ACTIONS.map(({ action, words }) => (
            <option key={action} value={action}>
              {words}
            </option>
          ))}
        </>,
      )}
      {text('object', 'To what', 'ID of a store, user or team')}
      {choice(
        'outcome',
        'Outcome',
        <>
          <option value="">Any</option>
          <option value="ok">Done</option>
          <option value="denied">Refused</option>
        </>,
      )}
      {choice(
        'period',
        'When',
        PERIODS.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        )),
      )}
    </search>
  );
}
