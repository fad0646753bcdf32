import type { Member, TeamRole } from '@shopyard/contracts';
import { type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { describeError } from '../../lib/describe-error.ts';
import { ROLE_WORDS, TEAM_ROLE_NAMES } from '../../lib/role-words.ts';
import { useMe } from '../../live/caller.tsx';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { Answer } from '../../ui/answer.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Panel } from '../../ui/page.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { Records } from '../../ui/records.tsx';
import { AddMember } from './add-member.tsx';

/** Who belongs to the team, and in which role. */
export function MembersPanel({ team }: { team: string }): ReactNode {
  const { offline, explanation } = useOffline();
  const utils = trpc.useUtils();
  const query = trpc.access.members.useQuery({ team });
  const [asked, setAsked] = useState<{ member: Member; role: TeamRole | null }>();
  const set = trpc.access.setMember.useMutation({
    onSuccess(members, { name, role }) {
      utils.access.members.setData({ team }, members);
      setAsked(undefined);
      toast.success(role === null ? `${name} left ${team}` : `${name} is ${role} of ${team}`);
    },
  });
  const { me } = useMe();
  const change = (member: Member, role: TeamRole | null): void => {
    set.reset();
    // Nobody loses their own rights, or somebody's place, by a slip of the hand.
    if (role === null || member.name === me?.name) setAsked({ member, role });
    else set.mutate({ team, name: member.name, role }, { onError: (error) => void toast.error(describeError(error)) });
  };
  return (
    <Panel title="Members" about="A new role counts at once, also for tokens.">
      <Answer query={query}>
        {({ members }) => (
          <Records
            label={`Members of ${team}`}
            records={members.toSorted((a, b) => a.name.localeCompare(b.name))}
            keyOf={({ user }) => user}
            none="Nobody is in this team yet. Administrators see its stores all the same."
            columns={[
              {
                head: 'Name',
                render: ({ name }) => <PersonName name={name} />,
              },
              {
                head: 'Role',
                render: (member) => (
                  <select
                    aria-label={`Role of ${member.name}`}
                    value={member.role}
                    disabled={set.isPending || offline}
                    onChange={({ target }) => {
                      const role = TEAM_ROLE_NAMES.find((one) => one === target.value);
                      if (role) change(member, role);
                    }}
                  >
                    {TEAM_ROLE_NAMES.map((role) => (
                      <option key={role} value={role}>
                        {role}
                      </option>
                    ))}
                  </select>
                ),
              },
              { head: 'What it allows', render: ({ role }) => ROLE_WORDS[role] },
              {
                head: 'Action',
                acts: true,
                render: (member) => (
                  <button
                    type="button"
                    data-size="small"
                    aria-label={`Remove ${member.name} from the team…`}
                    disabled={set.isPending || offline}
                    onClick={() => change(member, null)}
                    {...explanation}
                  >
                    Remove…
                  </button>
                ),
              },
            ]}
          />
        )}
      </Answer>
      <AddMember team={team} members={query.data?.members ?? []} />
      {asked && (
        <Confirm
          title={asked.role === null ? `Remove ${asked.member.name} from ${team}?` : `Become ${asked.role} of ${team}?`}
          action={asked.role === null ? 'Remove member' : `Become ${asked.role}`}
          pending={set.isPending}
          error={set.error}
          onConfirm={() => set.mutate({ team, name: asked.member.name, role: asked.role })}
          onClose={() => setAsked(undefined)}
        >
          <p>
            {asked.member.name === me?.name
              ? 'You lose what your present role allows, and need another owner or an administrator to get it back.'
              : `${asked.member.name} no longer sees the stores of this team. The account stays.`}
          </p>
        </Confirm>
      )}
    </Panel>
  );
}
