import { type ShownRevision, type Store, waitWords } from '@shopyard/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { describeError } from '../../lib/describe-error.ts';
import { errorCodeOf } from '../../lib/error-code.ts';
import { navigate, setParams, storeHref } from '../../lib/route.ts';
import { whyToConfirm } from '../../lib/why-to-confirm.ts';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { ConfirmByName } from '../../ui/confirm-by-name.tsx';
import { ReasonField } from '../../ui/reason-field.tsx';
import { type Compared, Comparison } from './comparison.tsx';
import styles from './revisions.module.css';
import { usePanelFocus } from './use-panel-focus.ts';

interface RollbackPanelProps {
  compared: Compared;
  store: Pick<Store, 'name' | 'generation'>;
  present: ShownRevision;
  /** Generation. */
  to: number;
}

/** What going back changes, and the button that does it. */
export function RollbackPanel({ compared, store: { name, generation }, present, to }: RollbackPanelProps): ReactNode {
  const { id } = compared;
  const heading = usePanelFocus();
  const { offline, explanation } = useOffline();
  const [reason, setReason] = useState('');
  const rollback = trpc.stores.rollback.useMutation();
  const close = (): void => setParams({ back: undefined });
  const goBack = (confirm?: string): void => {
    const why = reason.trim();
    rollback.mutate(
      { id, to, generation, confirm, ...(why ? { reason: why } : {}) },
      {
        onSuccess({ suspended, operation }) {
          close();
          const progress = { label: 'Show progress', onClick: () => navigate(storeHref(id)) };
          const wait = operation?.state === 'waiting' ? operation : suspended ? {} : undefined;
          const words = wait
            ? `The rollback of ${name} waits ${waitWords(wait)}`
            : `${name} goes back to generation ${to}`;
          toast.success(words, { action: progress });
        },
      },
    );
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!rollback.isPending && !offline) goBack();
  };
  const isAsked = errorCodeOf(rollback.error) === 'confirmation_needed';
  return (
    <>
      <form aria-label="Roll back" className={styles.panel} onSubmit={submit}>
        <h3 ref={heading} tabIndex={-1}>
          Roll back to generation {to}
        </h3>
        <p className={styles.note}>
          The earlier settings become a new generation. Orders, files and volumes stay as they are.
        </p>
        <Comparison {...compared} from={present.generation} to={to} />
        <ReasonField value={reason} onChange={setReason} />
        {rollback.error && !isAsked && (
          <p role="alert" className={styles.error}>
            {describeError(rollback.error)}
          </p>
        )}
        <div className={styles.choice}>
          <button type="submit" data-kind="primary" disabled={rollback.isPending || offline} {...explanation}>
            {rollback.isPending ? 'Rolling back…' : `Roll back to generation ${to}`}
          </button>
          <button type="button" onClick={close}>
            Cancel
          </button>
        </div>
      </form>
      {isAsked && (
        <ConfirmByName
          phrase={name}
          title={`Update the software of ${name}?`}
          action="Roll back"
          pending={rollback.isPending}
          error={undefined}
          onConfirm={() => goBack(name)}
          onClose={rollback.reset}
        >
          <p>{whyToConfirm(rollback.error)}</p>
        </ConfirmByName>
      )}
    </>
  );
}
