import { openingWords, type Store } from '@shopyard/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { useFollow } from '../../live/use-stores.tsx';
import { Modal } from '../../ui/modal.tsx';
import modal from '../../ui/modal.module.css';

/** Starts the change that waits for its window, or takes it back. */
export function WaitingChange({ store }: { store: Store }): ReactNode {
  const { id, name } = store;
  const { offline, explanation } = useOffline();
  const [asking, setAsking] = useState(false);
  const cancel = trpc.stores.cancel.useMutation({
    onSuccess: () => void toast.success(`Cancelled the change to ${name}`),
    onError: (error) => void toast.error(describeError(error)),
  });
  return (
    <>
      <button type="button" data-size="small" disabled={offline} onClick={() => setAsking(true)} {...explanation}>
        Apply now…
      </button>
      <button
        type="button"
        data-size="small"
        disabled={cancel.isPending || offline}
        onClick={() => cancel.mutate({ id })}
        {...explanation}
      >
        Cancel change
      </button>
      {asking && <ApplyNowDialog store={store} onClose={() => setAsking(false)} />}
    </>
  );
}

/** Whoever doesn't wait says why. */
function ApplyNowDialog({ store, onClose }: { store: Store; onClose: () => void }): ReactNode {
  const { id, name, operation } = store;
  const { offline } = useOffline();
  const { follow } = useFollow();
  const [reason, setReason] = useState('');
  const apply = trpc.stores.applyNow.useMutation({
    onSuccess() {
      follow(store);
      toast.success(`Applying the change to ${name}`);
      onClose();
    },
  });
  const why = reason.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (why !== '' && !apply.isPending && !offline) apply.mutate({ id, reason: why });
  };
  return (
    <Modal title={`Apply the change to ${name} now?`} onClose={onClose}>
      <form onSubmit={submit}>
        <p>
          {operation?.notBefore !== undefined && operation.tz !== undefined
            ? `Its window opens at ${openingWords(operation.notBefore, operation.tz)}. `
            : ''}
          The shop may be unavailable for a moment.
        </p>
        <label className={modal.field}>
          <span>Reason (recorded in Activity)</span>
          <input value={reason} maxLength={500} required onChange={({ target }) => setReason(target.value)} />
        </label>
        {apply.error && (
          <p role="alert" className={modal.error}>
            {describeError(apply.error)}
          </p>
        )}
        <p className={modal.buttons}>
          <button type="button" onClick={onClose}>
            Keep waiting
          </button>
          <button type="submit" data-kind="primary" disabled={why === '' || apply.isPending || offline}>
            Apply now
          </button>
        </p>
      </form>
    </Modal>
  );
}
