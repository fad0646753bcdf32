import type { Invitation, Role } from '@shopyard/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ROLE_WORDS, TEAM_ROLE_NAMES } from '../../lib/role-words.ts';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { FormError, issueOf } from '../../ui/form-error.tsx';
import styles from '../../ui/form.module.css';
import { LabelledField } from '../../ui/labelled-field.tsx';

const ROLE_NAMES = [...TEAM_ROLE_NAMES, 'admin'] as const;
const FIELDS = ['name', 'role', 'team'];
const NEW: { name: string; role: Role; team: string } = { name: '', role: 'viewer', team: 'default' };

/** Name, role and team of somebody new. */
export function InviteForm({ onInvited }: { onInvited: (invitation: Invitation) => void }): ReactNode {
  const { offline, explanation } = useOffline();
  const { data } = trpc.access.teams.useQuery({});
  const [draft, setDraft] = useState(NEW);
  const create = trpc.access.createUser.useMutation({
    onSuccess(invitation) {
      setDraft(NEW);
      onInvited(invitation);
    },
  });
  const { name, role, team } = draft;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!create.isPending && !offline) create.mutate({ name: name.trim().toLowerCase(), role, team });
  };
  const change = (changes: Partial<typeof NEW>): void => {
    setDraft({ ...draft, ...changes });
    create.reset();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <LabelledField
        label="Name"
        hint="What they sign in with, such as ann. Histories show it."
        issue={issueOf(create.error, 'name')}
      >
        {(control) => (
          <input
            {...control}
            value={name}
            maxLength={64}
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={({ target }) => change({ name: target.value })}
          />
        )}
      </LabelledField>
      <LabelledField label="Role" hint={ROLE_WORDS[role]} issue={issueOf(create.error, 'role')}>
        {(control) => (
          <select
            {...control}
            value={role}
            onChange={({ target }) => change({ role: ROLE_NAMES.find((one) => one === target.value) ?? 'viewer' })}
          >
            {ROLE_NAMES.map((one) => (
              <option key={one} value={one}>
                {one === 'admin' ? 'administrator' : one}
              </option>
            ))}
          </select>
        )}
      </LabelledField>
      {role !== 'admin' && data && data.teams.length > 1 && (
        <LabelledField label="Team" hint="More teams can follow" issue={issueOf(create.error, 'team')}>
          {(control) => (
            <select {...control} value={team} onChange={({ target }) => change({ team: target.value })}>
              {data.teams.map(({ id }) => (
                <option key={id} value={id}>
                  {id}
                </option>
              ))}
            </select>
          )}
        </LabelledField>
      )}
      <FormError error={create.error} fields={FIELDS} />
      <p className={styles.buttons}>
        <button type="submit" data-kind="primary" disabled={create.isPending || offline} {...explanation}>
          Invite
        </button>
      </p>
    </form>
  );
}
