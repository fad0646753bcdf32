import type { Me } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { teamHref, tokensHref } from '../../lib/route.ts';
import { ROLE_WORDS } from '../../lib/role-words.ts';
import { useMe } from '../../live/caller.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Records } from '../../ui/records.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { PasswordPanel } from './password-panel.tsx';
import { SessionsPanel } from './sessions-panel.tsx';

/** One's own account: roles, password, and where it is signed in. */
export function ProfilePage(): ReactNode {
  const { me } = useMe();
  if (!me) return <Waiting />;
  if (!me.account)
    return (
      <Page title="Profile">
        <p>
          {me.by === 'proxy'
            ? `The proxy in front of Shopyard signs you in, as ${me.name}. It also keeps your password.`
            : 'Nobody signs in here yet, so there is no account. Run npm run set-up on the server to create the first one.'}
        </p>
      </Page>
    );
  return (
    <Page
      title={me.name}
      about={
        <>
          Programs get <a href={tokensHref()}>tokens</a> of their own, rather than your password.
        </>
      }
    >
      <RolesPanel me={me} />
      <PasswordPanel name={me.name} />
      {/* Further ways to sign in, and to prove who one is, go here: a panel each. */}
      <SessionsPanel />
    </Page>
  );
}

function RolesPanel({ me: { roles, teams } }: { me: Me }): ReactNode {
  const isAdmin = roles.includes('admin');
  const own = Object.entries(teams).toSorted(([a], [b]) => a.localeCompare(b));
  return (
    <Panel title="Roles" about={isAdmin ? `You are an administrator, who ${ROLE_WORDS.admin}.` : undefined}>
      {(own.length > 0 || !isAdmin) && (
        <Records
          label="Your role in each team"
          records={own}
          keyOf={([team]) => team}
          none="You are in no team yet, so you see no stores. Ask an administrator or the owner of a team."
          columns={[
            { head: 'Team', render: ([team]) => <a href={teamHref(team)}>{team}</a> },
            { head: 'Role', render: ([, role]) => role },
            { head: 'What it allows', render: ([, role]) => ROLE_WORDS[role] },
          ]}
        />
      )}
    </Panel>
  );
}
