import type { Store } from '@shopyard/contracts';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { lazyPart } from '../lib/lazy-part.ts';
import { useModalDialog } from '../ui/use-modal-dialog.ts';
import styles from './command-palette.module.css';
import type { PaletteDialog } from './find-commands.ts';

const commands = lazyPart(async () => (await import('./palette-commands.tsx')).PaletteCommands);

/** Loads what the palette needs ahead of its use. */
export const prefetchPalette = commands.prefetch;

const HINT = 'Store, page or action';

interface CommandPaletteProps {
  onClose: () => void;
  onOpen: (dialog: PaletteDialog) => void;
  /** Asks before it deletes the store. */
  onDelete: (store: Store) => void;
}

/** Leads to stores, what can be done with them, pages and actions by a few letters. It takes them before it is loaded. */
export function CommandPalette({ onClose, onOpen, onDelete }: CommandPaletteProps): ReactNode {
  const dialog = useModalDialog();
  const [typed, setTyped] = useState('');
  useEffect(() => {
    // The dialog itself would focus the list around it.
    dialog.current?.querySelector('input')?.focus();
  }, [dialog]);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape closes it too
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label="Go to"
      onCancel={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <Suspense fallback={<input value={typed} placeholder={HINT} onChange={({ target }) => setTyped(target.value)} />}>
        <commands.Part
          hint={HINT}
          typed={typed}
          onType={setTyped}
          onClose={onClose}
          onOpen={onOpen}
          onDelete={onDelete}
        />
      </Suspense>
    </dialog>
  );
}
