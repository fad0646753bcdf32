import type { NewToken } from '@shopyard/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { SCOPE_WORDS } from '../../lib/role-words.ts';
import { useOffline } from '../../live/use-offline.ts';
import { FormError, issueOf } from '../../ui/form-error.tsx';
import styles from '../../ui/form.module.css';
import { LabelledField } from '../../ui/labelled-field.tsx';

export type Scope = NewToken['scopes'][number];

/** In the order in which people grant them. The record's own keys. */
export const SCOPES = Object.keys(SCOPE_WORDS) as Scope[];

const LIFETIMES = [
  { days: 7, label: '7 days' },
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: 'a year' },
] as const;
const FIELDS = ['name', 'scopes', 'team', 'days', 'networks'];

export interface TokenDraft {
  name: string;
  scopes: Scope[];
  days: number;
  networks?: string[];
}

interface TokenFormProps {
  /** What can be granted here. */
  offered: readonly Scope[];
  pending: boolean;
  error: unknown;
  /** More fields, below the name. */
  children?: ReactNode;
  onSubmit: (draft: TokenDraft) => void;
}

/** Name, scopes, networks and lifetime of a token. */
export function TokenForm({ offered, pending, error, children, onSubmit }: TokenFormProps): ReactNode {
  const { offline, explanation } = useOffline();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly Scope[]>(['stores:read']);
  const [networks, setNetworks] = useState('');
  const [days, setDays] = useState<number>(90);
  // What else is chosen may allow less.
  const scopes = chosen.filter((scope) => offered.includes(scope));
  const toggle = (scope: Scope, on: boolean): void =>
    setChosen(SCOPES.filter((one) => (one === scope ? on : scopes.includes(one))));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const from = networks.split(/[\s,]+/).filter(Boolean);
    if (!pending && !offline)
      onSubmit({ name: name.trim(), scopes, days, ...(from.length > 0 ? { networks: from } : {}) });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <LabelledField label="Name" hint="For you to know it again, such as ci" issue={issueOf(error, 'name')}>
        {(control) => (
          <input
            {...control}
            value={name}
            maxLength={64}
            required
            autoComplete="off"
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </LabelledField>
      {children}
      <fieldset className={styles.group}>
        <legend>It may</legend>
        {offered.map((scope) => (
          <label key={scope}>
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={({ target }) => toggle(scope, target.checked)}
            />
            <span>
              {SCOPE_WORDS[scope].title} <code>{scope}</code>
            </span>
            <small>{SCOPE_WORDS[scope].about}</small>
          </label>
        ))}
        <p role="alert" className={styles.issue}>
          {scopes.length === 0 ? 'Choose at least one.' : ''}
        </p>
      </fieldset>
      <LabelledField
        label="Only from"
        hint="Networks such as 203.0.113.0/24, with commas between them. Empty for anywhere."
        issue={issueOf(error, 'networks')}
      >
        {(control) => (
          <input
            {...control}
            value={networks}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => setNetworks(target.value)}
          />
        )}
      </LabelledField>
      <LabelledField label="Expires after" hint="A year at most" issue={issueOf(error, 'days')}>
        {(control) => (
          <select {...control} value={days} onChange={({ target }) => setDays(Number(target.value))}>
            {LIFETIMES.map(({ days: value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      </LabelledField>
      <FormError error={error} fields={FIELDS} />
      <p className={styles.buttons}>
        <button type="submit" data-kind="primary" disabled={pending || offline || scopes.length === 0} {...explanation}>
          Create token
        </button>
      </p>
    </form>
  );
}
