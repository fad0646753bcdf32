import type { ReactNode } from 'react';
import { Toaster as Sonner } from 'sonner';
import styles from './toaster.module.css';

/** Where the messages of `toast` appear. */
export function Toaster(): ReactNode {
  return <Sonner position="bottom-right" className={styles.toaster ?? ''} />;
}
