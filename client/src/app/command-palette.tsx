import { Command } from 'cmdk';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { navigate } from '../lib/route.ts';
import { useStores } from '../live/use-stores.tsx';
import { PhaseBadge } from '../ui/phase-badge.tsx';
import { useModalDialog } from '../ui/use-modal-dialog.ts';
import styles from './command-palette.module.css';
import { findCommands, type PaletteDialog } from './find-commands.ts';

interface CommandPaletteProps {
  onClose: () => void;
  onOpen: (dialog: PaletteDialog) => void;
}

/** Leads to stores, their pages, other pages and actions by a few letters. */
export function CommandPalette({ onClose, onOpen }: CommandPaletteProps): ReactNode {
  const dialog = useModalDialog();
  const { stores } = useStores();
  const [typed, setTyped] = useState('');
  // At once: Enter acts on what has just been typed.
  const groups = useMemo(() => findCommands(typed, stores.values()), [typed, stores]);
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
      <Command label="Go to" shouldFilter={false} loop>
        <Command.Input value={typed} onValueChange={setTyped} placeholder="Store, page or action" />
        <Command.List>
          <Command.Empty>No matches.</Command.Empty>
          {groups.map(({ heading, commands }) => (
            <Command.Group key={heading} heading={heading}>
              {commands.map(({ id, icon: Icon, label, detail, store, keys, ...target }) => (
                <Command.Item
                  key={id}
                  value={id}
                  onSelect={() => {
                    onClose();
                    if ('dialog' in target) onOpen(target.dialog);
                    else navigate(target.href);
                  }}
                >
                  <Icon aria-hidden />
                  <span>{label}</span>
                  {detail && <small>{detail}</small>}
                  {store && <PhaseBadge store={store} />}
                  {keys && <kbd>{keys}</kbd>}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </dialog>
  );
}
