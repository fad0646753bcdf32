import type { NewToken, Token } from '@shopyard/contracts';
import { type ReactNode, useState } from 'react';
import { useMe } from '../../live/caller.tsx';
import { trpc } from '../../live/trpc.ts';
import { Answer } from '../../ui/answer.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { NewTokenForm } from './new-token-form.tsx';
import { NewTokenNotice } from './new-token-notice.tsx';
import { RevokeToken } from './revoke-token.tsx';
import { TokenList } from './token-list.tsx';

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
      {created && <NewTokenNotice token={created} />}
      <Panel title="Your tokens">
        <Answer query={query}>
          {({ tokens }) => (
            <TokenList
              label="Your tokens"
              tokens={tokens}
              none="You have no tokens yet."
              aboutOf={({ team }) => (team === undefined ? 'All your teams' : `Team ${team}`)}
              onRevoke={setRevoking}
            />
          )}
        </Answer>
      </Panel>
      <Panel title="New token">
        <NewTokenForm
          key={created?.id}
          onCreated={(token) => {
            setCreated(token);
            void utils.access.tokens.invalidate();
            scrollTo(0, 0);
          }}
        />
      </Panel>
      {revoking && (
        <RevokeToken
          name={revoking.name}
          pending={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate({ id: revoking.id })}
          onClose={() => {
            revoke.reset();
            setRevoking(undefined);
          }}
        />
      )}
    </Page>
  );
}
