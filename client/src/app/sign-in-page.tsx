import { type ReactNode, useEffect, useState } from 'react';
import { PROVIDER_PATH, type SignInOffer } from '@shopyard/contracts';
import { toSentence } from '../lib/to-sentence.ts';
import { readSignInOffer } from '../live/sign-in.ts';
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
  const { way, provider } = useSignInOffer() ?? {};
  return (
    <main>
      <EntryFrame title="Sign in to Shopyard">
        {refused !== undefined && <p role="alert">{toSentence(refused)}</p>}
        {provider !== undefined && (
          <p>
            <a className="button" data-kind="primary" href={PROVIDER_PATH}>
              Sign in with {provider}
            </a>
          </p>
        )}
        {way === 'password' && <SignInForm onSignedIn={() => location.reload()} />}
        {way !== 'password' && way !== 'provider' && (
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
export function useSignInOffer(): SignInOffer | undefined {
  const [offer, setOffer] = useState<SignInOffer>();
  useEffect(() => {
    void readSignInOffer().then(setOffer);
  }, []);
  return offer;
}
