import { may, type NewToken } from '@shopyard/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { SCOPE_WORDS } from '../../lib/role-words.ts';
import { useCaller } from '../../live/caller.tsx';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { FormError, issueOf } from '../../ui/form-error.tsx';
import styles from '../../ui/form.module.css';
import { LabelledField } from '../../ui/labelled-field.tsx';

type Scope = NewToken['scopes'][number];

const LIFETIMES = [
  { days: 7, label: '7 days' },
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: 'a year' },
] as const;
const FIELDS = ['name', 'scopes', 'team', 'days'];
const NEW: { name: string; scopes: readonly Scope[]; team: string; days: number } = {
  name: '',
  scopes: ['stores:read'],
  team: '',
  days: 90,
};
// The record's own keys.
const SCOPES = Object.keys(SCOPE_WORDS) as Scope[];

/** Name, scopes, team and lifetime of a token. What the user may not do is no scope here. */
export function NewTokenForm({ onCreated }: { onCreated: (token: NewToken) => void }): ReactNode {
  const caller = useCaller();
  const { offline, explanation } = useOffline();
  const { data } = trpc.access.teams.useQuery({});
  const [draft, setDraft] = useState(NEW);
  const create = trpc.access.createToken.useMutation({
    onSuccess(token) {
      setDraft(NEW);
      onCreated(token);
    },
  });
  const { name, team, days } = draft;
  const offered = SCOPES.filter((scope) => may(caller, scope, team === '' ? undefined : team));
  // Another team may allow less.
  const scopes = draft.scopes.filter((scope) => offered.includes(scope));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (create.isPending || offline) return;
    create.mutate({ name: name.trim(), scopes, days, ...(team === '' ? {} : { team }) });
  };
  const toggle = (scope: Scope, on: boolean): void =>
    setDraft({ ...draft, scopes: SCOPES.filter((one) => (one === scope ? on : scopes.includes(one))) });
  return (
    <form className={styles.form} onSubmit={submit}>
      <LabelledField label="Name" hint="For you to know it again, such as ci" issue={issueOf(create.error, 'name')}>
        {(control) => (
          <input
            {...control}
            value={name}
            maxLength={64}
            required
            autoComplete="off"
            onChange={({ target }) => setDraft({ ...draft, name: target.value })}
          />
        )}
      </LabelledField>
      {data && data.teams.length > 1 && (
        <LabelledField
          label="Good for"
          hint="A program that serves one team needs no access to the others"
          issue={issueOf(create.error, 'team')}
        >
          {(control) => (
            <select {...control} value={team} onChange={({ target }) => setDraft({ ...draft, team: target.value })}>
              <option value="">All your teams</option>
              {data.teams.map(({ id }) => (
                <option key={id} value={id}>
                  Team {id}
                </option>
              ))}
            </select>
          )}
        </LabelledField>
      )}
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
      <LabelledField label="Expires after" hint="A year at most" issue={issueOf(create.error, 'days')}>
        {(control) => (
          <select
            {...control}
            value={days}
            onChange={({ target }) => setDraft({ ...draft, days: Number(target.value) })}
          >
            {LIFETIMES.map(({ days: value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      </LabelledField>
      <FormError error={create.error} fields={FIELDS} />
      <p className={styles.buttons}>
        <button
          type="submit"
          data-kind="primary"
          disabled={create.isPending || offline || scopes.length === 0}
          {...explanation}
        >
          Create token
        </button>
      </p>
    </form>
  );
}
