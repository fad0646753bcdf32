import type { Member, TeamRole } from '@shopyard/contracts';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { toast } from 'sonner';
import { ROLE_WORDS, TEAM_ROLE_NAMES } from '../../lib/role-words.ts';
import { useMay } from '../../live/caller.tsx';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { FormError, issueOf } from '../../ui/form-error.tsx';
import form from '../../ui/form.module.css';
import { LabelledField } from '../../ui/labelled-field.tsx';
import styles from './teams.module.css';

/** Takes a user into the team. Administrators choose from all; owners know the name. */
export function AddMember({ team, members }: { team: string; members: readonly Member[] }): ReactNode {
  const { offline, explanation } = useOffline();
  const list = useId();
  const utils = trpc.useUtils();
  const mayListUsers = useMay('access.users');
  const { data } = trpc.access.users.useQuery({}, { enabled: mayListUsers });
  const [name, setName] = useState('');
  const [role, setRole] = useState<TeamRole>('viewer');
  const add = trpc.access.setMember.useMutation({
    onSuccess(answer) {
      utils.access.members.setData({ team }, answer);
      toast.success(`${name.trim()} is ${role} of ${team}`);
      setName('');
    },
  });
  const others = data?.users.filter((user) => !members.some((member) => member.user === user.id)) ?? [];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!add.isPending && !offline) add.mutate({ team, name: name.trim().toLowerCase(), role });
  };
  return (
    <form className={styles.wide} onSubmit={submit} aria-label="Add a member">
      <div className={styles.add}>
        <LabelledField
          label="Add a user"
          hint="By name. An administrator invites people who have no account yet."
          issue={issueOf(add.error, 'name')}
        >
          {(control) => (
            <>
              <input
                {...control}
                list={list}
                value={name}
                required
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                onChange={({ target }) => {
                  setName(target.value);
                  add.reset();
                }}
              />
              <datalist id={list}>
                {others.map((user) => (
                  <option key={user.id}>{user.name}</option>
                ))}
              </datalist>
            </>
          )}
        </LabelledField>
        <LabelledField label="As" hint={ROLE_WORDS[role]}>
          {(control) => (
            <select
              {...control}
              value={role}
              onChange={({ target }) => setRole(TEAM_ROLE_NAMES.find((one) => one === target.value) ?? 'viewer')}
            >
              {TEAM_ROLE_NAMES.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          )}
        </LabelledField>
        <p className={form.buttons}>
          <button type="submit" data-kind="primary" disabled={add.isPending || offline} {...explanation}>
            Add
          </button>
        </p>
      </div>
      <FormError error={add.error} fields={['name']} />
    </form>
  );
}
