import { may, type NewToken } from '@shopyard/contracts';
import { type ReactNode, useState } from 'react';
import { useCaller } from '../../live/caller.tsx';
import { trpc } from '../../live/trpc.ts';
import { issueOf } from '../../ui/form-error.tsx';
import { LabelledField } from '../../ui/labelled-field.tsx';
import { SCOPES, TokenForm } from './token-form.tsx';

/** A token of the user's own, for one team or all. What the user may not do is no scope here. */
export function NewTokenForm({ onCreated }: { onCreated: (token: NewToken) => void }): ReactNode {
  const caller = useCaller();
  const { data } = trpc.access.teams.useQuery({});
  const [team, setTeam] = useState('');
  const { isPending, error, mutate } = trpc.access.createToken.useMutation({ onSuccess: onCreated });
  const ofTeam = team === '' ? undefined : team;
  return (
    <TokenForm
      offered={SCOPES.filter((scope) => may(caller, scope, ofTeam))}
      pending={isPending}
      error={error}
      onSubmit={(draft) => mutate({ ...draft, ...(ofTeam === undefined ? {} : { team: ofTeam }) })}
    >
      {data && data.teams.length > 1 && (
        <LabelledField
          label="Good for"
          hint="A program that serves one team needs no access to the others"
          issue={issueOf(error, 'team')}
        >
          {(control) => (
            <select {...control} value={team} onChange={({ target }) => setTeam(target.value)}>
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
    </TokenForm>
  );
}
