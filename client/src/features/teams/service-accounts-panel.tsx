import type { ServiceAccount } from '@shopyard/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { Answer } from '../../ui/answer.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { FormError, issueOf } from '../../ui/form-error.tsx';
import form from '../../ui/form.module.css';
import { LabelledField } from '../../ui/labelled-field.tsx';
import { Panel } from '../../ui/page.tsx';
import { ServiceTokens } from './service-tokens.tsx';
import styles from './teams.module.css';

/** What the team's programs act as, with their tokens. */
export function ServiceAccountsPanel({ team }: { team: string }): ReactNode {
  const utils = trpc.useUtils();
  const query = trpc.access.serviceAccounts.useQuery({ team });
  const [removing, setRemoving] = useState<ServiceAccount>();
  const remove = trpc.access.removeServiceAccount.useMutation({
    onSuccess() {
      toast.success(`${removing?.name} was removed`);
      setRemoving(undefined);
    },
    onSettled: () => utils.access.serviceAccounts.invalidate({ team }),
  });
  return (
    <Panel
      title="Service accounts"
      about="For programs of the team: their tokens go on when the person who made them leaves."
    >
      <Answer query={query}>
        {({ accounts }) => (
          <>
            {accounts.length === 0 && <p>The team has no service accounts yet.</p>}
            {accounts.map((account) => (
              <ServiceTokens key={account.id} account={account} onRemove={() => setRemoving(account)} />
            ))}
          </>
        )}
      </Answer>
      <NewServiceAccount team={team} />
      {removing && (
        <Confirm
          title={`Remove ${removing.name}?`}
          action="Remove service account"
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ team, id: removing.id })}
          onClose={() => {
            remove.reset();
            setRemoving(undefined);
          }}
        >
          <p>Its tokens go with it, and programs that use them are refused at once.</p>
        </Confirm>
      )}
    </Panel>
  );
}

function NewServiceAccount({ team }: { team: string }): ReactNode {
  const { offline, explanation } = useOffline();
  const utils = trpc.useUtils();
  const [name, setName] = useState('');
  const create = trpc.access.createServiceAccount.useMutation({
    onSuccess() {
      setName('');
      return utils.access.serviceAccounts.invalidate({ team });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!create.isPending && !offline) create.mutate({ team, name: name.trim() });
  };
  return (
    <form className={styles.wide} onSubmit={submit} aria-label="Add a service account">
      <div className={styles.add}>
        <LabelledField
          label="New service account"
          hint={`Such as ci. Histories name it ${team}/ci.`}
          issue={issueOf(create.error, 'name')}
        >
          {(control) => (
            <input
              {...control}
              value={name}
              required
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </LabelledField>
        <p className={form.buttons}>
          <button type="submit" data-kind="primary" disabled={create.isPending || offline} {...explanation}>
            Create service account
          </button>
        </p>
      </div>
      <FormError error={create.error} fields={['name']} />
    </form>
  );
}
