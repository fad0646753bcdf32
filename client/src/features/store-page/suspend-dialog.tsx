import type { Store } from '@shopyard/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Modal } from '../../ui/modal.tsx';
import { ReasonField } from '../../ui/reason-field.tsx';
import styles from './store-acts.module.css';

interface SuspendDialogProps {
  store: Store;
  /** `reason`: as typed, without space around it; empty for none. */
  onSuspend: (reason: string) => void;
  onClose: () => void;
}

/** Asks why a store is suspended. */
export function SuspendDialog({ store: { name }, onSuspend, onClose }: SuspendDialogProps): ReactNode {
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSuspend(reason.trim());
  };
  return (
    <Modal title={`Suspend ${name}?`} onClose={onClose}>
      <form onSubmit={submit}>
        <p>The shop is closed until it resumes. Orders, files and settings stay.</p>
        <ReasonField value={reason} onChange={setReason} />
        <p className={styles.choice}>
          <button type="button" onClick={onClose}>
            Keep it running
          </button>
          <button type="submit" data-kind="primary">
            Suspend
          </button>
        </p>
      </form>
    </Modal>
  );
}
