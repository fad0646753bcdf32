import type { Expiry, Store } from '@shopyard/contracts';
import { type ReactNode, useId, useState } from 'react';
import { toast } from 'sonner';
import { toLocalInput } from '../../lib/local-input.ts';
import { useMay } from '../../live/caller.tsx';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { toastWithUndo } from '../../ui/undo-toast.ts';
import { issueIn, SavedField } from './saved-field.tsx';
import { Saving } from './saving.tsx';
import styles from './settings.module.css';

/** The end of a store that is needed for a while only. */
export function ExpiryForm({ store }: { store: Store }): ReactNode {
  const { id, name, expiry } = store;
  const mayDelete = useMay('stores.remove', store);
  const field = useId();
  const { client } = trpc.useUtils();
  const { offline } = useOffline();
  const [edited, setEdited] = useState<{ at: string; action: Expiry['action'] }>();
  const stored = { at: expiry ? toLocalInput(expiry.at) : '', action: expiry?.action ?? 'suspend' };
  const draft = edited ?? stored;
  const save = trpc.stores.setExpiry.useMutation({
    onSuccess: (_store, { expiry: saved }) => {
      setEdited(undefined);
      if (saved) toast(`Saved the expiry of ${name}`);
    },
  });
  const remove = (): void =>
    save.mutate(
      { id, expiry: null },
      {
        onSuccess() {
          // The button that had the focus is gone.
          document.getElementById(`${field}-at`)?.focus();
          if (expiry) offerUndo(expiry);
        },
      },
    );
  const offerUndo = ({ at, action }: Expiry): void =>
    toastWithUndo(`${name} no longer expires`, () => client.stores.setExpiry.mutate({ id, expiry: { at, action } }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ id, expiry: { ...draft, at: new Date(draft.at).toISOString() } });
      }}
    >
      <fieldset className={styles.group}>
        <legend>Expiry</legend>
        <p className={styles.hint}>Warnings appear on Home and in Activity three days and one day before.</p>
        <SavedField id={`${field}-at`} label="At" issue={issueIn(save.error, 'expiry.at')}>
          {(control) => (
            <input
              {...control}
              type="datetime-local"
              required
              value={draft.at}
              onChange={({ target }) => {
                setEdited({ ...draft, at: target.value });
                save.reset();
              }}
            />
          )}
        </SavedField>
        <div className={styles.field}>
          <label htmlFor={`${field}-action`}>Then</label>
          <select
            id={`${field}-action`}
            value={draft.action}
            onChange={({ target }) => setEdited({ ...draft, action: target.value === 'delete' ? 'delete' : 'suspend' })}
          >
            <option value="suspend">Suspend it</option>
            <option value="delete" disabled={!mayDelete}>
              Delete it with all its data{!mayDelete && ' (owners of the team)'}
            </option>
          </select>
        </div>
        <Saving
          pending={save.isPending}
          given={expiry !== undefined}
          offline={offline}
          error={save.error}
          onRemove={remove}
        />
      </fieldset>
    </form>
  );
}
