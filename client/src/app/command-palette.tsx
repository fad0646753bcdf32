import type { Store } from '@shopyard/contracts';
import { Command } from 'cmdk';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useActsWorld } from '../features/store-acts/use-acts-world.ts';
import { useRunAct } from '../features/store-acts/use-run-act.ts';
import { navigate, useRoute } from '../lib/route.ts';
import { formatKey } from '../lib/shortcuts.ts';
import { useStores } from '../live/use-stores.tsx';
import { PhaseBadge } from '../ui/phase-badge.tsx';
import { useModalDialog } from '../ui/use-modal-dialog.ts';
import styles from './command-palette.module.css';
import { findCommands, type PaletteCommand, type PaletteDialog } from './find-commands.ts';

interface CommandPaletteProps {
  onClose: () => void;
  onOpen: (dialog: PaletteDialog) => void;
  /** Asks before it deletes the store. */
  onDelete: (store: Store) => void;
}

/** Leads to stores, what can be done with them, pages and actions by a few letters. */
export function CommandPalette({ onClose, onOpen, onDelete }: CommandPaletteProps): ReactNode {
  const dialog = useModalDialog();
  const { stores } = useStores();
  const [typed, setTyped] = useState('');
  const { id, params } = useRoute();
  const world = useActsWorld();
  const run = useRunAct({ onDelete: ([store]) => store && onDelete(store) });
  const open = stores.get(id) ?? stores.get(params.get('open') ?? '');
  // At once: Enter acts on what has just been typed.
  const groups = useMemo(
    () => findCommands(typed, { stores: stores.values(), open, ...world }),
    [typed, stores, open, world],
  );
  const act = (command: PaletteCommand): void => {
    onClose();
    if ('act' in command) run(command.store, command.act);
    else if ('dialog' in command) onOpen(command.dialog);
    else navigate(command.href);
  };
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
              {commands.map((command) => (
                <Item key={command.id} command={command} onSelect={() => act(command)} />
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </dialog>
  );
}

function Item({ command, onSelect }: { command: PaletteCommand; onSelect: () => void }): ReactNode {
  const { id, icon: Icon, label, disabled, keys } = command;
  return (
    <Command.Item value={id} disabled={disabled !== undefined} onSelect={onSelect}>
      <Icon aria-hidden />
      <span>{label}</span>
      {disabled !== undefined && <small>{disabled}</small>}
      {'href' in command && command.store && <PhaseBadge store={command.store} />}
      {keys && <kbd>{formatKey(keys, navigator.platform)}</kbd>}
    </Command.Item>
  );
}
