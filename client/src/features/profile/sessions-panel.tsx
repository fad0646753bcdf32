import type { Session } from '@shopyard/contracts';
import { type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { browserName } from '../../lib/browser-name.ts';
import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { Answer } from '../../ui/answer.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Panel } from '../../ui/page.tsx';
import { Records } from '../../ui/records.tsx';
import { Time } from '../../ui/time.tsx';

/** Where the user is signed in, this browser first, and the end of that. */
export function SessionsPanel(): ReactNode {
  const { offline, explanation } = useOffline();
  const utils = trpc.useUtils();
  const query = trpc.access.sessions.useQuery({});
  const [asking, setAsking] = useState(false);
  const end = trpc.access.endSession.useMutation({
    onError: (error) => void toast.error(describeError(error)),
    onSettled: () => utils.access.sessions.invalidate(),
  });
  const others = query.data?.sessions.filter(({ current }) => !current) ?? [];
  const endOthers = async (): Promise<void> => {
    await Promise.allSettled(others.map(({ id }) => end.mutateAsync({ id })));
    setAsking(false);
  };
  return (
    <Panel
      title="Signed in"
      about="If you don't recognise one of these, end it and change your password."
      action={
        others.length > 0 && (
          <button type="button" data-size="small" disabled={offline} onClick={() => setAsking(true)} {...explanation}>
            Sign out everywhere else…
          </button>
        )
      }
    >
      <Answer query={query}>
        {({ sessions }) => (
          <Records
            label="Where you are signed in"
            records={sessions.toSorted(byUse)}
            keyOf={({ id }) => id}
            none="No browser is signed in: you came in by a token."
            columns={[
              {
                head: 'Browser',
                render: ({ client, current }) => (
                  <>
                    <span title={client}>{browserName(client)}</span>
                    {current && <small>This browser</small>}
                  </>
                ),
              },
              { head: 'Address', render: ({ address }) => address },
              { head: 'Signed in', render: ({ createdAt }) => <Time at={createdAt} /> },
              {
                head: 'Last seen',
                render: ({ seenAt, current }) =>
                  current ? (
                    'now'
                  ) : (
                    <>
                      <Time at={seenAt} age /> ago
                    </>
                  ),
              },
              { head: 'Ends', render: ({ expiresAt }) => <Time at={expiresAt} /> },
              {
                head: 'Action',
                acts: true,
                render: ({ id, client, current }) =>
                  !current && (
                    <button
                      type="button"
                      data-size="small"
                      aria-label={`End the session of ${browserName(client)}`}
                      disabled={end.isPending || offline}
                      onClick={() => end.mutate({ id })}
                      {...explanation}
                    >
                      End
                    </button>
                  ),
              },
            ]}
          />
        )}
      </Answer>
      {asking && (
        <Confirm
          title="Sign out everywhere else?"
          action={`End ${others.length} ${others.length === 1 ? 'session' : 'sessions'}`}
          pending={end.isPending}
          error={undefined}
          onConfirm={() => void endOthers()}
          onClose={() => setAsking(false)}
        >
          <p>Your other browsers have to sign in again. Tokens of programs stay valid.</p>
        </Confirm>
      )}
    </Panel>
  );
}

/** This browser, then the last used. */
function byUse(a: Session, b: Session): number {
  if (a.current !== b.current) return a.current ? -1 : 1;
  return a.seenAt < b.seenAt ? 1 : -1;
}
