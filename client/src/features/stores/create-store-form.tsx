import { namespaceOfStore, storeNameSchema } from '@shopyard/contracts';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { select } from '../../lib/use-selection.ts';
import { trpc } from '../../lib/trpc.ts';
import styles from './create-store-form.module.css';

/** Name in, store on its way. A refused create keeps what was typed. */
export function CreateStoreForm(): ReactNode {
  const [name, setName] = useState('');
  const [touched, setTouched] = useState(false);
  // One key per wish, not per click: pressing twice makes one store.
  const [idempotencyKey, setIdempotencyKey] = useState(() => crypto.randomUUID());
  const hint = useId();
  const create = trpc.stores.create.useMutation({
    trpc: { context: { idempotencyKey } },
    onSuccess(store) {
      setName('');
      setTouched(false);
      setIdempotencyKey(crypto.randomUUID());
      select(store.id);
    },
  });

  const parsed = storeNameSchema.safeParse(name);
  const invalid = touched && !parsed.success ? (parsed.error.issues[0]?.message ?? '') : create.error?.message;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTouched(true);
    if (parsed.success && !create.isPending) create.mutate({ name });
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <label htmlFor={`${hint}-name`}>New store</label>
      <input
        id={`${hint}-name`}
        value={name}
        placeholder="name"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={60}
        aria-invalid={invalid !== undefined}
        aria-describedby={hint}
        onChange={(event) => {
          setName(event.target.value);
          setTouched(event.target.value.length > 1);
          setIdempotencyKey(crypto.randomUUID());
          create.reset();
        }}
      />
      <button type="submit" data-kind="primary" disabled={create.isPending}>
        {create.isPending ? 'Creating' : 'Create store'}
      </button>
      <p id={hint} className={styles.hint} data-invalid={invalid !== undefined} role={invalid ? 'alert' : undefined}>
        {invalid ?? (parsed.success ? `Namespace ${namespaceOfStore(name)}` : '2 to 40 of a-z, 0-9 and hyphens')}
      </p>
    </form>
  );
}
