import type { Team } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { Field } from './field.tsx';
import { issuesOf } from './issues.ts';
import type { CreateForm } from './use-create-form.ts';

interface TeamChoiceProps {
  form: CreateForm;
  /** Those in which the user may create stores. */
  teams: readonly Team[];
}

/** Whose the store is; nothing where there is no choice. */
export function TeamChoice({ form, teams }: TeamChoiceProps): ReactNode {
  const { draft, settings, change } = form;
  const chosen = teams.find(({ id }) => id === settings.team);
  if (teams.length < 2) return null;
  return (
    <Field label="Team" hint={chosen && roomOf(chosen)} issues={issuesOf(form.issues, 'team')}>
      {(control) => (
        <select
          {...control}
          value={settings.team}
          onChange={({ target }) => change({ choices: { ...draft.choices, team: target.value } })}
        >
          {teams.map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function roomOf({ limits: { stores }, used }: Team): string {
  return stores === undefined ? 'Its members see and manage the store.' : `It has ${used.stores} of ${stores} stores.`;
}
