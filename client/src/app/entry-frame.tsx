import type { ReactNode } from 'react';
import styles from './sign-in-page.module.css';

interface EntryFrameProps {
  title: string;
  /** Of the title, for what names itself by it. */
  titleId?: string;
  children: ReactNode;
}

/** What somebody sees who is not let in yet: whose page it is, and what it asks for. */
export function EntryFrame({ title, titleId, children }: EntryFrameProps): ReactNode {
  return (
    <div className={styles.page}>
      <p className={styles.brand}>
        <img src="/icon.svg" alt="" width="32" height="32" />
        Shopyard
      </p>
      <div className={styles.card}>
        <h1 id={titleId}>{title}</h1>
        {children}
      </div>
    </div>
  );
}
