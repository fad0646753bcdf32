import type { Store } from '@shopyard/contracts';
import { Command } from 'cmdk';
import { type ReactNode, useLayoutEffect, useMemo, useRef } from 'react';
import { useActsWorld } from '../features/store-acts/use-acts-world.ts';
import { useRunAct } from '../features/store-acts/use-run-act.ts';
import { navigate, useRoute } from '../lib/route.ts';
import { formatKey } from '../lib/shortcuts.ts';
import { useStores } from '../live/use-stores.tsx';
import { PhaseBadge } from '../ui/phase-badge.tsx';
import { findCommands, type PaletteCommand, type PaletteDialog } from './find-commands.ts';

interface PaletteCommandsProps {
  /** Stands in the empty field. */
  hint: string;
  typed: string;
  onType: (typed: string) => void;
  onClose: () => void;
  onOpen: (dialog: PaletteDialog) => void;
  /** Asks before it deletes the store. */
  onDelete: (store: Store) => void;
}

/** The field and what it finds. */
export function PaletteCommands({ hint, typed, onType, onClose, onOpen, onDelete }: PaletteCommandsProps): ReactNode {
  const field = useRef<HTMLInputElement>(null);
  const { stores } = useStores();
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
  // Before the next key: the field that took them while this was loaded is gone.
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, []);
  return (
    <Command label="Go to" shouldFilter={false} loop>
      <Command.Input ref={field} value={typed} onValueChange={onType} placeholder={hint} />
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
