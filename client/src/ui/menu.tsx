import { Check, type LucideIcon } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import styles from './menu.module.css';

export interface MenuItem {
  label: string;
  icon?: LucideIcon;
  onSelect: () => void;
  danger?: boolean;
  /** For a choice of one: whether it is the current one. */
  checked?: boolean;
  /** For a choice of several: `checked` applies to this item alone, and the list stays open. */
  several?: boolean;
  /** Why it can't be selected now. */
  disabled?: string | undefined;
  /** Draws a line above it. */
  separated?: boolean;
}

interface MenuProps {
  /** The trigger: its content, its name if the content has none, and its kind of button. */
  children: ReactNode;
  label: string;
  kind?: 'quiet' | 'primary';
  items: readonly MenuItem[];
}

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/**
 * A button that opens a list of actions: a native popover, closed by Escape or a click elsewhere. Its items are rendered
 * only while it is open: every row of a list has a menu.
 */
export function Menu({ children, label, kind = 'quiet', items }: MenuProps): ReactNode {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const buttons = (): HTMLButtonElement[] => [...(list.current?.querySelectorAll('button') ?? [])];
  const move = (event: KeyboardEvent): void => {
    const all = buttons();
    const at = all.findIndex((button) => button === document.activeElement);
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    all[step(at, all.length)]?.focus();
  };
  return (
    <span className={styles.anchor}>
      <button type="button" data-kind={kind} aria-haspopup="menu" aria-label={label} title={label} popoverTarget={id}>
        {children}
      </button>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its items take the focus */}
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        className={styles.menu}
        onKeyDown={move}
        onBeforeToggle={(event) => setOpen(event.newState === 'open')}
        onToggle={(event) => {
          if (event.newState === 'open') buttons()[0]?.focus();
        }}
      >
        {open && items.map((item) => <Item key={item.label} item={item} onClose={() => list.current?.hidePopover()} />)}
      </div>
    </span>
  );
}

function Item({ item, onClose }: { item: MenuItem; onClose: () => void }): ReactNode {
  const { label, icon: Icon, onSelect, danger, checked, several, disabled, separated } = item;
  return (
    <>
      {separated && <hr />}
      <button
        type="button"
        role={checked === undefined ? 'menuitem' : several ? 'menuitemcheckbox' : 'menuitemradio'}
        aria-checked={checked}
        data-kind={danger ? 'danger' : 'quiet'}
        aria-disabled={disabled !== undefined}
        title={disabled}
        onClick={() => {
          if (disabled !== undefined) return;
          if (!several) onClose();
          onSelect();
        }}
      >
        {Icon && <Icon aria-hidden />}
        {label}
        {checked && <Check aria-hidden className={styles.check} />}
        {disabled !== undefined && <span className="visually-hidden">, {disabled}</span>}
      </button>
    </>
  );
}
