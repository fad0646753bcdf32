import { type ReactNode, useState } from 'react';
import { useReconnect } from '../live/api-provider.tsx';
import { useModalDialog } from '../ui/use-modal-dialog.ts';
import { EntryFrame } from './entry-frame.tsx';
import { SignInForm, useSignInOffer } from './sign-in-page.tsx';
import styles from './sign-in-page.module.css';

/**
 * Covers the dashboard after the sign-in has ended. What was typed stays behind it: drafts, dialogs and the place on the page.
 * `hint`: the server's sentence about where to sign in.
 */
export function SignInAgain({ hint }: { hint: string }): ReactNode {
  const dialog = useModalDialog();
  const reconnect = useReconnect();
  const way = useSignInOffer()?.way;
  const [tried, setTried] = useState<'pending' | 'refused'>();
  const goOn = async (): Promise<void> => {
    setTried('pending');
    if (!(await reconnect())) setTried('refused');
  };
  return (
    <dialog
      ref={dialog}
      className={styles.cover}
      aria-labelledby="sign-in-again"
      onCancel={(event) => event.preventDefault()}
      onClose={({ currentTarget }) => {
        // A browser closes at a second Escape whatever the page says.
        if (currentTarget.isConnected) currentTarget.showModal();
      }}
    >
      <EntryFrame title="Sign in to Shopyard again" titleId="sign-in-again">
        <p>{hint || 'Sign in through the proxy in front of Shopyard.'} What you typed is kept.</p>
        {way === 'password' && <SignInForm onSignedIn={() => void goOn()} />}
        <p className={styles.buttons}>
          <a className="button" href={location.origin} target="_blank" rel="noreferrer">
            Sign in in a new tab
          </a>
          <button type="button" data-kind="primary" disabled={tried === 'pending'} onClick={() => void goOn()}>
            Continue
          </button>
        </p>
        <output>{tried === 'refused' && "You aren't signed in yet, or the server isn't responding."}</output>
      </EntryFrame>
    </dialog>
  );
}
