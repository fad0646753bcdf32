import { may } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { teamsHref } from '../../lib/route.ts';
import { ROLE_WORDS } from '../../lib/role-words.ts';
import { useCaller, useMay } from '../../live/caller.tsx';
import { trpc } from '../../live/trpc.ts';
import { Answer } from '../../ui/answer.tsx';
import { NotFound } from '../../ui/not-found.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { LimitsForm } from './limits-form.tsx';
import { MembersPanel } from './members-panel.tsx';
import { QuotaMeters } from './quota-meters.tsx';
import { ServiceAccountsPanel } from './service-accounts-panel.tsx';

/** One team: use and limits for all its members, members and their roles for its owners. */
export function TeamPage({ id }: { id: string }): ReactNode {
  const query = trpc.access.teams.useQuery({});
  const managesMembers = may(useCaller(), 'team:manage', id);
  const mayLimit = useMay('access.changeTeam');
  return (
    <Answer query={query}>
      {({ teams }) => {
        const team = teams.find((one) => one.id === id);
        if (!team)
          return (
            <NotFound text="Team not found, or not one of yours." link={{ href: teamsHref(), label: 'All teams' }} />
          );
        return (
          <Page
            title={`Team ${id}`}
            about={
              team.role === undefined
                ? 'You manage it as an administrator.'
                : `You are its ${team.role}, who ${ROLE_WORDS[team.role]}.`
            }
          >
            <Panel title="Use" about={mayLimit ? undefined : 'Administrators set the limits.'}>
              <QuotaMeters team={team} />
            </Panel>
            {mayLimit && (
              <Panel title="Limits" about="An empty field is no limit. Stores beyond a new limit stay as they are.">
                <LimitsForm key={id} team={team} />
              </Panel>
            )}
            {managesMembers ? (
              <>
                <MembersPanel team={id} />
                <ServiceAccountsPanel team={id} />
              </>
            ) : (
              <Panel title="Members">
                <p>Owners of the team see and manage its members.</p>
              </Panel>
            )}
          </Page>
        );
      }}
    </Answer>
  );
}
