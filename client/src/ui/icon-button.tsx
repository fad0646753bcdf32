import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './icon-button.module.css';

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children' | 'type'> {
  icon: LucideIcon;
  /** The button's name, also its tooltip. */
  label: string;
}

/** A button that shows an icon alone. */
export function IconButton({ icon: Icon, label, ...rest }: IconButtonProps): ReactNode {
  return (
    <button type="button" data-kind="quiet" className={styles.button} aria-label={label} title={label} {...rest}>
      <Icon aria-hidden />
    </button>
  );
}
