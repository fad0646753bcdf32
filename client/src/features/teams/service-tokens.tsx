import type { NewToken, ServiceAccount, Token } from '@shopyard/contracts';
import { type ReactNode, useState } from 'react';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { Modal } from '../../ui/modal.tsx';
import { NewTokenNotice } from '../tokens/new-token-notice.tsx';
import { RevokeToken } from '../tokens/revoke-token.tsx';
import { TokenForm } from '../tokens/token-form.tsx';
import { TokenList } from '../tokens/token-list.tsx';
import styles from './teams.module.css';

/** A service account does nothing but with the stores of its team. */
const OFFERED = ['stores:read', 'stores:write', 'stores:sensitive', 'stores:delete'] as const;

interface ServiceTokensProps {
  account: ServiceAccount;
  onRemove: () => void;
}

/** One service account: its tokens, and what can be done with it. */
export function ServiceTokens({ account: { id, team, name, tokens }, onRemove }: ServiceTokensProps): ReactNode {
  const { offline, explanation } = useOffline();
  const utils = trpc.useUtils();
  const onSettled = (): Promise<void> => utils.access.serviceAccounts.invalidate({ team });
  const [creating, setCreating] = useState(false);
  const [created, setCreated] = useState<NewToken>();
  const [revoking, setRevoking] = useState<Token>();
  const create = trpc.access.createServiceToken.useMutation({
    onSuccess(token) {
      setCreated(token);
      setCreating(false);
    },
    onSettled,
  });
  const revoke = trpc.access.revokeServiceToken.useMutation({
    onSuccess() {
      if (created?.id === revoking?.id) setCreated(undefined);
      setRevoking(undefined);
    },
    onSettled,
  });
  return (
    <section className={styles.wide} aria-label={`Service account ${name}`}>
      <div className={styles.account}>
        <h4>{name}</h4>
        <button
          type="button"
          data-size="small"
          disabled={offline}
          onClick={() => setCreating(true)}
          aria-label={`New token for ${name}…`}
          {...explanation}
        >
          New token…
        </button>
        <button
          type="button"
          data-size="small"
          data-kind="danger"
          disabled={offline}
          onClick={onRemove}
          aria-label={`Remove ${name}…`}
          {...explanation}
        >
          Remove…
        </button>
      </div>
      {created && <NewTokenNotice token={created} />}
      <TokenList
        label={`Tokens of ${name}`}
        tokens={tokens}
        none="It has no tokens yet."
        aboutOf={() => `Team ${team}`}
        onRevoke={setRevoking}
      />
      {creating && (
        <Modal title={`New token for ${name}`} onClose={() => setCreating(false)}>
          <TokenForm
            offered={OFFERED}
            pending={create.isPending}
            error={create.error}
            onSubmit={(draft) =>
              create.mutate({ ...draft, team, id, scopes: OFFERED.filter((scope) => draft.scopes.includes(scope)) })
            }
          />
        </Modal>
      )}
      {revoking && (
        <RevokeToken
          name={revoking.name}
          pending={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate({ team, id, token: revoking.id })}
          onClose={() => {
            revoke.reset();
            setRevoking(undefined);
          }}
        />
      )}
    </section>
  );
}
