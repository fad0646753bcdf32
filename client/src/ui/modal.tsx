import { type ReactNode, useId } from 'react';
import styles from './modal.module.css';
import { useModalDialog } from './use-modal-dialog.ts';

interface ModalProps {
  title: string;
  /** Asked for by Escape, or by the browser. The dialog stays until its owner removes it. */
  onClose: () => void;
  /** For content with columns. */
  wide?: boolean;
  children: ReactNode;
}

/** A native `<dialog>`: it traps focus, asks to close on Escape, and returns the focus to where it was. */
export function Modal({ title, onClose, wide = false, children }: ModalProps): ReactNode {
  const ref = useModalDialog();
  const heading = useId();
  return (
    <dialog
      ref={ref}
      className={styles.modal}
      data-wide={wide}
      aria-labelledby={heading}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      onClose={(event) => {
        // A browser closes at a second Escape whatever the page says; the owner decides all the same.
        if (event.target === event.currentTarget && event.currentTarget.isConnected) event.currentTarget.showModal();
      }}
    >
      <h2 id={heading}>{title}</h2>
      {children}
    </dialog>
  );
}
