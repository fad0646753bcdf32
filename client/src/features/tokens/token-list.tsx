import type { Token } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { SCOPE_WORDS } from '../../lib/role-words.ts';
import { useNow } from '../../lib/use-now.ts';
import { useOffline } from '../../live/use-offline.ts';
import { Records } from '../../ui/records.tsx';
import { Time } from '../../ui/time.tsx';

interface TokenListProps {
  label: string;
  tokens: readonly Token[];
  /** Shown in place of no tokens. */
  none: string;
  /** What a token is good for, below its name. */
  aboutOf: (token: Token) => string;
  onRevoke: (token: Token) => void;
}

export function TokenList({ label, tokens, none, aboutOf, onRevoke }: TokenListProps): ReactNode {
  const { offline, explanation } = useOffline();
  return (
    <Records
      label={label}
      records={tokens}
      keyOf={({ id }) => id}
      none={none}
      columns={[
        {
          head: 'Name',
          render: (token) => (
            <>
              {token.name}
              <small>{aboutOf(token)}</small>
              {token.networks && <small>Only from {token.networks.join(', ')}</small>}
            </>
          ),
        },
        { head: 'May', render: ({ scopes }) => scopes.map((scope) => SCOPE_WORDS[scope].title).join(', ') },
        {
          head: 'Last used',
          render: ({ usedAt, usedFrom }) =>
            usedAt === undefined ? (
              'never'
            ) : (
              <>
                <Time at={usedAt} age /> ago
                {usedFrom !== undefined && <small>from {usedFrom}</small>}
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
