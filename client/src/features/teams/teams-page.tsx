import type { Team } from '@shopyard/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { navigate, teamHref } from '../../lib/route.ts';
import { useMay } from '../../live/caller.tsx';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { Answer } from '../../ui/answer.tsx';
import { FormError, issueOf } from '../../ui/form-error.tsx';
import form from '../../ui/form.module.css';
import { LabelledField } from '../../ui/labelled-field.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { QuotaMeters } from './quota-meters.tsx';
import styles from './teams.module.css';

/** The user's teams, for administrators all of them. */
export function TeamsPage(): ReactNode {
  const query = trpc.access.teams.useQuery({});
  const mayCreate = useMay('access.createTeam');
  return (
    <Page
      title="Teams"
      about="Every store is of one team. Its members see it, and do with it what their role in that team allows."
    >
      <Answer query={query}>
        {({ teams }) =>
          teams.length > 0 ? (
            teams.map((team) => <TeamPanel key={team.id} team={team} />)
          ) : (
            <p>You are in no team yet. Ask an administrator or the owner of a team.</p>
          )
        }
      </Answer>
      {mayCreate && (
        <Panel title="New team">
          <NewTeam />
        </Panel>
      )}
    </Page>
  );
}

function TeamPanel({ team }: { team: Team }): ReactNode {
  const { id, role } = team;
  const act = role === undefined || role === 'owner' ? 'Manage' : 'Open';
  return (
    <Panel
      title={id}
      about={role === undefined ? 'You manage it as an administrator.' : `Your role: ${role}`}
      action={
        <a className="button" data-size="small" href={teamHref(id)} aria-label={`${act} the team ${id}`}>
          {act}
        </a>
      }
    >
      <QuotaMeters team={team} />
    </Panel>
  );
}

function NewTeam(): ReactNode {
  const { offline, explanation } = useOffline();
  const utils = trpc.useUtils();
  const [id, setId] = useState('');
  const create = trpc.access.createTeam.useMutation({
    onSuccess(team) {
      void utils.access.teams.invalidate();
      navigate(teamHref(team.id));
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!create.isPending && !offline) create.mutate({ id: id.trim() });
  };
  return (
    <form className={styles.wide} onSubmit={submit}>
      <div className={styles.add}>
        <LabelledField
          label="Name"
          hint="Lowercase letters, digits and hyphens. It can't be changed later."
          issue={issueOf(create.error, 'id')}
        >
          {(control) => (
            <input
              {...control}
              value={id}
              maxLength={40}
              required
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              onChange={({ target }) => {
                setId(target.value);
                create.reset();
              }}
            />
          )}
        </LabelledField>
        <p className={form.buttons}>
          <button type="submit" data-kind="primary" disabled={create.isPending || offline} {...explanation}>
            Create team
          </button>
        </p>
      </div>
      <FormError error={create.error} fields={['id']} />
    </form>
  );
}
