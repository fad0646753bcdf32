import { type ReactNode, useEffect, useState } from 'react';
import type { SignInWay } from '@shopyard/contracts';
import { toSentence } from '../lib/to-sentence.ts';
import { readSignInWay } from '../live/sign-in.ts';
import { PasswordForm } from './password-form.tsx';
import { EntryFrame } from './entry-frame.tsx';

export interface SignInPageProps {
  /** The server's sentence about where to sign in. */
  hint: string;
  /** Why the link that led here didn't work. */
  refused: string | undefined;
}

/** Replaces the dashboard for an unauthenticated user. */
export function SignInPage({ hint, refused }: SignInPageProps): ReactNode {
  const way = useSignInWay();
  return (
    <main>
      <EntryFrame title="Sign in to Shopyard">
        {refused !== undefined && <p role="alert">{toSentence(refused)}</p>}
        {way === 'password' ? (
          <SignInForm onSignedIn={() => location.reload()} />
        ) : (
          <>
            <p>{hint || 'Sign in through the proxy in front of Shopyard.'}</p>
            <p>
              <button type="button" onClick={() => location.reload()}>
                Try again
              </button>
            </p>
          </>
        )}
      </EntryFrame>
    </main>
  );
}

export function SignInForm({ onSignedIn }: { onSignedIn: () => void }): ReactNode {
  const toInput = (name: string, password: string) => ({ name, password });
  return <PasswordForm named isNew={false} submit="Sign in" toInput={toInput} onSignedIn={onSignedIn} />;
}

/** `undefined` until it is known. */
export function useSignInWay(): SignInWay | undefined {
  const [way, setWay] = useState<SignInWay>();
  useEffect(() => {
    void readSignInWay().then(setWay);
  }, []);
  return way;
}
