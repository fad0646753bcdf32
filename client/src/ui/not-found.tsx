import type { ReactNode } from 'react';
import styles from './not-found.module.css';

interface NotFoundProps {
  text: string;
  /** Where to go from here. */
  link: { href: string; label: string };
}

/** Shown for an address that matches no page. */
export function NotFound({ text, link }: NotFoundProps): ReactNode {
  return (
    <section className={styles.none} aria-label="Not found">
      <h2 data-page-heading tabIndex={-1}>
        Not found
      </h2>
      <output>{text}</output>
      <p>
        <a href={link.href}>{link.label}</a>
      </p>
    </section>
  );
}
