import type { ReactNode } from 'react';
import styles from './page.module.css';

interface PageProps {
  title: string;
  /** One sentence or two. */
  about?: ReactNode;
  /** What can be done on the page as a whole. */
  action?: ReactNode;
  children: ReactNode;
}

/** A page with its heading, which takes the focus after navigation. */
export function Page({ title, about, action, children }: PageProps): ReactNode {
  return (
    <section aria-label={title} className={styles.page}>
      <div className={styles.intro}>
        <div className={styles.head}>
          <h2 data-page-heading tabIndex={-1}>
            {title}
          </h2>
          {action}
        </div>
        {about !== undefined && <p className={styles.about}>{about}</p>}
      </div>
      {children}
    </section>
  );
}

/** A part of a page with a heading of its own. */
export function Panel({ title, about, action, children }: PageProps): ReactNode {
  return (
    <section aria-label={title} className={styles.panel}>
      <div className={styles.intro}>
        <div className={styles.head}>
          <h3>{title}</h3>
          {action}
        </div>
        {about !== undefined && <p className={`${styles.about} ${styles.hint}`}>{about}</p>}
      </div>
      {children}
    </section>
  );
}
