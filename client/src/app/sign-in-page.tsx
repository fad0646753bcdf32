import type { ReactNode } from 'react';
import styles from './sign-in-page.module.css';

/** In place of everything: the server does not know who asks. `hint`: the server's own sentence about where to sign in. */
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
