import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';
import styles from './once.module.css';

interface OnceProps {
  /** Shown this once. */
  text: string;
  /** Completes "Copy …". */
  what: string;
  /** What it is, and what to do with it. */
  children: ReactNode;
}

/** A secret that the server tells once: a token, or a link that lets somebody in. */
export function Once({ text, what, children }: OnceProps): ReactNode {
  return (
    <output className={styles.once}>
      <span>{children}</span>
      <span className={styles.value}>
        <code>{text}</code>
        <CopyButton text={text} what={what} />
      </span>
    </output>
  );
}
