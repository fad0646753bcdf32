import type { Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { Menu } from '../../ui/menu.tsx';
import { actsOf } from '../store-acts/acts-of.ts';
import { useActsWorld } from '../store-acts/use-acts-world.ts';
import { useRunAct } from '../store-acts/use-run-act.ts';

interface RowMenuProps {
  store: Store;
  onRetry: (stores: Store[]) => void;
  onDelete: (stores: Store[]) => void;
}

/** What can be done with one store. */
export function RowMenu({ store, onRetry, onDelete }: RowMenuProps): ReactNode {
  const world = useActsWorld();
  const run = useRunAct({ onRetry, onDelete });
  return (
    <Menu
      label={`Actions for ${store.name}`}
      items={actsOf(store, world).map((act, at) => ({
        label: act.label,
        icon: act.icon,
        danger: act.danger ?? false,
        separated: at > 0 && (act.separated ?? false),
        disabled: act.disabled,
        onSelect: () => run(store, act),
      }))}
    >
      <Dots />
    </Menu>
  );
}

/** Lucide's ellipsis in one element: every row has it. */
function Dots(): ReactNode {
  return (
    <svg className="lucide" viewBox="0 0 24 24" aria-hidden>
      <path d="M5 12h.01M12 12h.01M19 12h.01" stroke="currentColor" strokeWidth="3.75" strokeLinecap="round" />
    </svg>
  );
}
