import type { ReactNode } from 'react';
import type { EntryLink } from '../live/sign-in.ts';
import { PasswordForm } from './password-form.tsx';
import { EntryFrame } from './entry-frame.tsx';

/** Opened by a link that lets somebody in who then chooses a password. */
export function EntryPage({ kind, code }: EntryLink): ReactNode {
  const isSetUp = kind === 'set-up';
  return (
    <main>
      <EntryFrame title={isSetUp ? 'Set up Shopyard' : 'Welcome to Shopyard'}>
        <p>
          {isSetUp
            ? 'Create the first account. It is an administrator, and invites others. From then on everyone signs in.'
            : 'Choose a password for your account.'}
        </p>
        <PasswordForm
          named={isSetUp}
          isNew
          submit={isSetUp ? 'Create account' : 'Continue'}
          toInput={(name, password) => (isSetUp ? { setUp: code, name, password } : { invitation: code, password })}
          onSignedIn={() => location.reload()}
        />
      </EntryFrame>
    </main>
  );
}
