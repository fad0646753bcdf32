import type { KeyboardEvent, ReactNode, RefCallback } from 'react';
import { actOf, type KeyActs, type KeyOf } from '../../lib/shortcuts.ts';
import { useMedia } from '../../lib/use-media.ts';
import { SEARCHED } from './search.ts';
import styles from './store-list.module.css';

interface FilterFieldProps {
  value: string;
  fieldRef: RefCallback<HTMLInputElement>;
  onChange: (filter: string) => void;
  /** Enter. */
  onOpenFirst: () => void;
}

/** Enter opens the first match, ↓ moves to the rows, Escape clears. */
export function FilterField({ value, fieldRef, onChange, onOpenFirst }: FilterFieldProps): ReactNode {
  const narrow = useMedia('(max-width: 48rem)');
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const list = event.currentTarget.closest('section');
    const acts: KeyActs<KeyOf<'filter'>> = {
      Enter: onOpenFirst,
      Escape: () => onChange(''),
      ArrowDown: () => list?.querySelector<HTMLElement>('tbody th a[tabindex="0"]')?.focus(),
    };
    const act = actOf(acts, event.key);
    if (!act) return;
    act();
    event.preventDefault();
  };
  return (
    <input
      ref={fieldRef}
      type="search"
      className={styles.filter}
      placeholder={narrow ? 'Name, URL, reason…' : 'Name, URL, reason, label:value ( / )'}
      title={`Searches ${SEARCHED}`}
      aria-label="Filter stores"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onKeyDown}
    />
  );
}
