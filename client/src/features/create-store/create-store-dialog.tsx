import { namespaceOfStore, type Platform, type Store, storeNameProblem, type StoreValues } from '@shopyard/contracts';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { describeError } from '../../lib/describe-error.ts';
import { navigate, storeHref } from '../../lib/route.ts';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { Modal } from '../../ui/modal.tsx';
import { AdvancedValues } from './advanced-values.tsx';
import styles from './create-store.module.css';
import { loadYaml } from './load-yaml.ts';
import { SizeChoice } from './size-choice.tsx';
import { ValuesError } from './values-error.ts';

interface CreateStoreDialogProps {
  stores: ReadonlyMap<string, Store>;
  platform: Platform | undefined;
  onClose: () => void;
}

/** Keeps the input when the server rejects it; opens the store's page when it accepts. */
export function CreateStoreDialog({ stores, platform, onClose }: CreateStoreDialogProps): ReactNode {
  const [name, setName] = useState('');
  const engines = platform?.engines ?? [];
  const [engineId, setEngineId] = useState<string>();
  const engine = engines.find(({ id }) => id === engineId) ?? engines[0];
  const [size, setSize] = useState('small');
  const [advanced, setAdvanced] = useState('');
  const [problem, setProblem] = useState<string>();
  // One key per set of inputs, not per click: a double click creates one store.
  const [idempotencyKey, setIdempotencyKey] = useState(() => crypto.randomUUID());
  const { offline } = useOffline();
  const field = useId();
  const create = trpc.stores.create.useMutation({
    trpc: { context: { idempotencyKey } },
    onSuccess(store) {
      onClose();
      navigate(storeHref(store.id));
    },
  });
  const changed = (): void => {
    setIdempotencyKey(crypto.randomUUID());
    setProblem(undefined);
    create.reset();
  };

  const misnamed = storeNameProblem(name);
  const taken = [...stores.values()].find((store) => store.name === name);
  const wrong = taken
    ? `${name} already exists${taken.phase === 'Deleting' ? ' and is being deleted: wait until it is gone' : ': choose another name'}`
    : name.length > 1
      ? misnamed
      : undefined;
  const refused = problem ?? (create.error ? describeError(create.error) : undefined);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (misnamed !== undefined || taken || create.isPending || offline) return;
    try {
      const own: StoreValues = size === 'small' ? {} : { size };
      const given = advanced.trim() === '' ? {} : (await loadYaml()).parseValues(advanced);
      create.mutate({ name, engine: engine?.id, values: { ...own, ...given } });
    } catch (error) {
      setProblem(error instanceof ValuesError ? error.message : describeError(error));
    }
  };

  return (
    <Modal title="New store" onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <label htmlFor={`${field}-name`}>Name</label>
        <input
          id={`${field}-name`}
          value={name}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={60}
          aria-invalid={wrong !== undefined}
          aria-describedby={`${field}-hint`}
          onChange={(event) => {
            setName(event.target.value);
            changed();
          }}
        />
        <p id={`${field}-hint`} className={styles.hint} data-wrong={wrong !== undefined} aria-live="polite">
          {wrong ??
            (misnamed === undefined ? (
              <Preview name={name} platform={platform} />
            ) : (
              '2 to 40 characters: a-z, 0-9 and hyphens'
            ))}
        </p>
        <label htmlFor={`${field}-engine`}>Engine</label>
        <select
          id={`${field}-engine`}
          value={engine?.id}
          onChange={(event) => {
            setEngineId(event.target.value);
            changed();
          }}
        >
          {engines.map(({ id, about }) => (
            <option key={id} value={id}>
              {about}
            </option>
          ))}
        </select>
        <SizeChoice
          engine={engine}
          size={size}
          onChange={(next) => {
            setSize(next);
            changed();
          }}
        />
        <AdvancedValues
          text={advanced}
          onChange={(text) => {
            setAdvanced(text);
            changed();
          }}
        />
        {(offline || refused) && (
          <p role="alert" className={styles.refused}>
            {offline
              ? "The server isn't responding. What you typed is kept; create the store when it is back."
              : refused}
          </p>
        )}
        <p className={styles.buttons}>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            data-kind="primary"
            disabled={misnamed !== undefined || taken !== undefined || create.isPending || offline}
          >
            {create.isPending ? 'Creating…' : 'Create store'}
          </button>
        </p>
      </form>
    </Modal>
  );
}

function Preview({ name, platform }: { name: string; platform: Platform | undefined }): ReactNode {
  return (
    <>
      {namespaceOfStore(name)}
      {platform && ` · ${platform.storeUrl.replace('{name}', name)}`}
    </>
  );
}
