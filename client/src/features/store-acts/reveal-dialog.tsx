import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { describeError } from '../../lib/describe-error.ts';
import { useNow } from '../../lib/use-now.ts';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { Modal } from '../../ui/modal.tsx';
import { ReasonField } from '../../ui/reason-field.tsx';
import dialogStyles from '../../ui/modal.module.css';
import type { Reveal } from './reveal.ts';

interface RevealDialogProps {
  reveal: Reveal;
  /** Done, or given up. */
  onClose: () => void;
}

/** Asks why, and for the password of whoever has signed in a while ago. */
export function RevealDialog({ reveal, onClose }: RevealDialogProps): ReactNode {
  const passwordId = useId();
  const { offline } = useOffline();
  const now = useNow();
  // Asked again: it may have been confirmed, or become old, in another tab.
  const { data: me } = trpc.access.me.useQuery({}, { staleTime: 0, refetchOnMount: 'always' });
  const { mutateAsync: confirm } = trpc.access.confirmPassword.useMutation();
  const { access } = trpc.useUtils();
  const [reason, setReason] = useState('');
  const [password, setPassword] = useState('');
  const [pending, setPending] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const isFresh = me?.freshUntil !== undefined && Date.parse(me.freshUntil) > now;
  const submit = async (): Promise<void> => {
    setPending(true);
    setTrouble(undefined);
    const confirmFirst = async (): Promise<void> => {
      if (isFresh) return;
      await confirm({ password });
      await access.me.invalidate();
    };
    try {
      await reveal({ reason: reason.trim(), confirm: confirmFirst });
      onClose();
    } catch (error) {
      setTrouble(describeError(error));
      // The server's clock decides.
      void access.me.invalidate();
    }
    setPending(false);
  };
  return (
    <Modal title="Sign in as the store's administrator?" onClose={onClose}>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>The store's history and the audit trail keep who did this, and why.</p>
        <ReasonField value={reason} onChange={setReason} required />
        {me && !isFresh && (
          <label htmlFor={passwordId} className={dialogStyles.field}>
            <span>Your password, because you signed in a while ago</span>
            <input
              id={passwordId}
              type="password"
              autoComplete="current-password"
              value={password}
              required
              onChange={({ target }) => setPassword(target.value)}
            />
          </label>
        )}
        {(offline || trouble) && (
          <p role="alert" className={dialogStyles.error}>
            {offline ? "The server isn't responding. Wait until it is back." : trouble}
          </p>
        )}
        <p className={dialogStyles.buttons}>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" data-kind="primary" disabled={pending || offline || reason.trim() === ''}>
            Continue
          </button>
        </p>
      </form>
    </Modal>
  );
}
