import type { Invitation, User } from '@shopyard/contracts';
import { type ReactNode, useState } from 'react';
import { teamHref } from '../../lib/route.ts';
import { useMay, useMe } from '../../live/caller.tsx';
import { trpc } from '../../live/trpc.ts';
import { Answer } from '../../ui/answer.tsx';
import { Once } from '../../ui/once.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { Records } from '../../ui/records.tsx';
import { Time } from '../../ui/time.tsx';
import { InviteForm } from './invite-form.tsx';
import { UserMenu } from './user-menu.tsx';

/** For administrators: who has an account, and as what. */
export function UsersPage(): ReactNode {
  const mayRead = useMay('access.users');
  const [invited, setInvited] = useState<Invitation>();
  const query = trpc.access.users.useQuery({}, { enabled: mayRead });
  const { me } = useMe();
  const utils = trpc.useUtils();
  if (!mayRead)
    return (
      <Page title="Users">
        <p>Only administrators see and invite users.</p>
      </Page>
    );
  const onInvited = (invitation: Invitation): void => {
    setInvited(invitation);
    void utils.access.users.invalidate();
    scrollTo(0, 0);
  };
  return (
    <Page title="Users" about="Who may sign in. What they may do depends on their role in each team.">
      {invited && (
        <Once text={`${location.origin}/#/invitation?code=${invited.code}`} what="invitation link">
          <strong>Hand this link to {invited.user.name}.</strong> Whoever opens it first chooses the password. It is
          shown this once, and works until <Time at={invited.expiresAt} />.
        </Once>
      )}
      <Panel title="All users">
        <Answer query={query}>
          {({ users }) => (
            <Records
              label="All users"
              records={users.toSorted((a, b) => a.name.localeCompare(b.name))}
              keyOf={({ id }) => id}
              none="There are no accounts yet. Run npm run set-up on the server to create the first one."
              columns={[
                {
                  head: 'Name',
                  render: ({ name }) => <PersonName name={name} />,
                },
                { head: 'Roles', render: (user) => <Roles user={user} /> },
                { head: 'State', render: stateOf },
                { head: 'Created', render: ({ createdAt }) => <Time at={createdAt} /> },
                {
                  head: 'Actions',
                  acts: true,
                  render: (user) => <UserMenu user={user} isSelf={user.name === me?.name} onInvited={onInvited} />,
                },
              ]}
            />
          )}
        </Answer>
      </Panel>
      <Panel title="Invite a user" about="You get a link to hand over. It works once, for a week.">
        <InviteForm onInvited={onInvited} />
      </Panel>
    </Page>
  );
}

function Roles({ user: { admin, teams } }: { user: User }): ReactNode {
  const own = Object.entries(teams);
  if (admin) return 'administrator';
  if (own.length === 0) return 'in no team';
  return own.map(([team, role], at) => (
    <span key={team}>
      {at > 0 && ', '}
      {role} of <a href={teamHref(team)}>{team}</a>
    </span>
  ));
}

function stateOf({ disabled, invited }: User): string {
  if (disabled) return 'disabled';
  return invited ? 'invited, no password yet' : 'active';
}
