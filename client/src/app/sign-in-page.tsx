import type { ReactNode } from 'react';
import { toSentence } from '../lib/to-sentence.ts';
import styles from './sign-in-page.module.css';

interface SignInPageProps {
  /** The server's sentence about where to sign in. */
  hint: string;
  /** Why the link that led here didn't work. */
  refused: string | undefined;
}

/** Replaces the dashboard for an unauthenticated user. */
export function SignInPage({ hint, refused }: SignInPageProps): ReactNode {
  return (
    <main className={styles.page}>
      <h1>Sign in to Shopyard</h1>
      {refused !== undefined && <p role="alert">{toSentence(refused)}</p>}
      <p>{hint || 'Sign in through the proxy in front of Shopyard.'}</p>
      <p>
        <button type="button" onClick={() => location.reload()}>
          Try again
        </button>
      </p>
    </main>
  );
}
