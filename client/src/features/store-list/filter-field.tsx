import type { KeyboardEvent, ReactNode, RefCallback } from 'react';
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
    if (event.key === 'Enter') onOpenFirst();
    else if (event.key === 'Escape') onChange('');
    else if (event.key === 'ArrowDown')
      event.currentTarget.closest('section')?.querySelector<HTMLElement>('tbody th a[tabindex="0"]')?.focus();
    else return;
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
