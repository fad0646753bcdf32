import type { Expiry, Store } from '@shopyard/contracts';
import { type ReactNode, useId, useState } from 'react';
import { toast } from 'sonner';
import { toLocalInput } from '../../lib/local-input.ts';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { Saving } from './saving.tsx';
import styles from './settings.module.css';

/** The end of a store that is needed for a while only. */
export function ExpiryForm({ store: { id, name, expiry } }: { store: Store }): ReactNode {
  const field = useId();
  const { offline } = useOffline();
  const [at, setAt] = useState(expiry ? toLocalInput(expiry.at) : '');
  const [action, setAction] = useState<Expiry['action']>(expiry?.action ?? 'suspend');
  const save = trpc.stores.setExpiry.useMutation({ onSuccess: () => void toast(`Saved the expiry of ${name}`) });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ id, expiry: { at: new Date(at).toISOString(), action } });
      }}
    >
      <fieldset className={styles.group}>
        <legend>Expiry</legend>
        <p className={styles.hint}>Home and the activity warn three days and one day before.</p>
        <div className={styles.field}>
          <label htmlFor={`${field}-at`}>At</label>
          <input
            id={`${field}-at`}
            type="datetime-local"
            required
            value={at}
            onChange={({ target }) => setAt(target.value)}
          />
        </div>
        <div className={styles.field}>
          <label htmlFor={`${field}-action`}>Then</label>
          <select
            id={`${field}-action`}
            value={action}
            onChange={({ target }) => setAction(target.value === 'delete' ? 'delete' : 'suspend')}
          >
            <option value="suspend">Suspend it</option>
            <option value="delete">Delete it with all its data</option>
          </select>
        </div>
        <Saving
          pending={save.isPending}
          given={expiry !== undefined}
          offline={offline}
          error={save.error}
          onRemove={() => save.mutate({ id, expiry: null })}
        />
      </fieldset>
    </form>
  );
}
