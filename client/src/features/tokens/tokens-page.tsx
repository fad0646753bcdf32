import type { NewToken, Token } from '@shopyard/contracts';
import { type ReactNode, useState } from 'react';
import { SCOPE_WORDS } from '../../lib/role-words.ts';
import { useMe } from '../../live/caller.tsx';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { useNow } from '../../lib/use-now.ts';
import { Answer } from '../../ui/answer.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Once } from '../../ui/once.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Records } from '../../ui/records.tsx';
import { Time } from '../../ui/time.tsx';
import { NewTokenForm } from './new-token-form.tsx';

/** The user's tokens for programs. */
export function TokensPage(): ReactNode {
  const { me } = useMe();
  const [created, setCreated] = useState<NewToken>();
  const [revoking, setRevoking] = useState<Token>();
  const query = trpc.access.tokens.useQuery({});
  const utils = trpc.useUtils();
  const revoke = trpc.access.revokeToken.useMutation({
    onSuccess() {
      if (created?.id === revoking?.id) setCreated(undefined);
      setRevoking(undefined);
    },
    onSettled: () => utils.access.tokens.invalidate(),
  });
  if (me && !me.account)
    return (
      <Page title="Tokens">
        <p>Tokens belong to accounts, and you have none here. Programs on the server use the one in data/cli-token.</p>
      </Page>
    );
  return (
    <Page
      title="Tokens"
      about="For programs that use the API in your name. Each does what its scopes say, and never more than you may at that moment."
    >
      {created && (
        <Once text={created.secret} what="token">
          <strong>{created.name} is created.</strong> Copy its token now: it is shown this once. Programs send it as{' '}
          <code>Authorization: Bearer …</code>, our scripts take it from <code>SHOPYARD_TOKEN</code>.
        </Once>
      )}
      <Panel title="Your tokens">
        <Answer query={query}>{({ tokens }) => <TokenList tokens={tokens} onRevoke={setRevoking} />}</Answer>
      </Panel>
      <Panel title="New token">
        <NewTokenForm
          onCreated={(token) => {
            setCreated(token);
            void utils.access.tokens.invalidate();
            scrollTo(0, 0);
          }}
        />
      </Panel>
      {revoking && (
        <Confirm
          title={`Revoke ${revoking.name}?`}
          action="Revoke token"
          pending={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate({ id: revoking.id })}
          onClose={() => {
            revoke.reset();
            setRevoking(undefined);
          }}
        >
          <p>Programs that use it are refused at once. This can&apos;t be undone; a new token can replace it.</p>
        </Confirm>
      )}
    </Page>
  );
}

function TokenList({ tokens, onRevoke }: { tokens: readonly Token[]; onRevoke: (token: Token) => void }): ReactNode {
  const { offline, explanation } = useOffline();
  return (
    <Records
      label="Your tokens"
      records={tokens}
      keyOf={({ id }) => id}
      none="You have no tokens yet."
      columns={[
        {
          head: 'Name',
          render: ({ name, team }) => (
            <>
              {name}
              <small>{team === undefined ? 'All your teams' : `Team ${team}`}</small>
            </>
          ),
        },
        { head: 'May', render: ({ scopes }) => scopes.map((scope) => SCOPE_WORDS[scope].title).join(', ') },
        {
          head: 'Last used',
          render: ({ usedAt }) =>
            usedAt === undefined ? (
              'never'
            ) : (
              <>
                <Time at={usedAt} age /> ago
              </>
            ),
        },
        { head: 'Expires', render: ({ expiresAt }) => <Expiry at={expiresAt} /> },
        {
          head: 'Action',
          acts: true,
          render: (token) => (
            <button
              type="button"
              data-size="small"
              data-kind="danger"
              aria-label={`Revoke ${token.name}…`}
              disabled={offline}
              onClick={() => onRevoke(token)}
              {...explanation}
            >
              Revoke…
            </button>
          ),
        },
      ]}
    />
  );
}

function Expiry({ at }: { at: string }): ReactNode {
  const isOver = Date.parse(at) <= useNow();
  return (
    <>
      {isOver && 'expired, '}
      <Time at={at} />
    </>
  );
}
