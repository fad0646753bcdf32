import { isOffered, type Store, waitWords } from '@shopyard/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { describeError } from '../../lib/describe-error.ts';
import { useCaller } from '../../live/caller.tsx';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { useFollow } from '../../live/use-stores.tsx';
import { Modal } from '../../ui/modal.tsx';
import { ReasonField } from '../../ui/reason-field.tsx';
import modal from '../../ui/modal.module.css';

/** Takes back the change that waits, or starts it; a suspended store has to resume first. */
export function WaitingChange({ store }: { store: Store }): ReactNode {
  const { id, name } = store;
  const { offline, explanation } = useOffline();
  const caller = useCaller();
  const [asking, setAsking] = useState(false);
  const cancel = trpc.stores.cancel.useMutation({
    onSuccess: () => void toast.success(`Cancelled the change to ${name}`),
    onError: (error) => void toast.error(describeError(error)),
  });
  return (
    <>
      {isOffered('stores.applyNow', caller, store) && (
        <button type="button" data-size="small" disabled={offline} onClick={() => setAsking(true)} {...explanation}>
          Apply now…
        </button>
      )}
      {isOffered('stores.cancel', caller, store) && (
        <button
          type="button"
          data-size="small"
          disabled={cancel.isPending || offline}
          onClick={() => cancel.mutate({ id })}
          {...explanation}
        >
          Cancel change
        </button>
      )}
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
        <p>{operation ? `It waits ${waitWords(operation)}. ` : ''}The shop may be unavailable for a moment.</p>
        <ReasonField required value={reason} onChange={setReason} />
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
