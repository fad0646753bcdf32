import type { ReactNode } from 'react';
import styles from './sign-in-page.module.css';

/** Replaces the dashboard for an unauthenticated user. `hint`: the server's sentence about where to sign in. */
export function SignInPage({ hint }: { hint: string }): ReactNode {
  return (
    <main className={styles.page}>
      <h1>Sign in to Shopyard</h1>
      <p>{hint || 'Sign in through the proxy in front of Shopyard.'}</p>
      <p>
        <button type="button" onClick={() => location.reload()}>
          Try again
        </button>
      </p>
    </main>
  );
}
