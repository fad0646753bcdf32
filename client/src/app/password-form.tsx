import { MIN_PASSWORD, type SignIn } from '@shopyard/contracts';
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { toSentence } from '../lib/to-sentence.ts';
import { signIn } from '../live/sign-in.ts';
import styles from './sign-in-page.module.css';

const HINT_ID = 'password-hint';

interface PasswordFormProps {
  /** Whether it asks for a name, too. */
  named: boolean;
  /** Whether the password is chosen here. */
  isNew: boolean;
  submit: string;
  toInput: (name: string, password: string) => SignIn;
  onSignedIn: () => void;
}

/** Asks for a password, and signs in with it. */
export function PasswordForm({ named, isNew, submit, toInput, onSignedIn }: PasswordFormProps): ReactNode {
  const [state, setState] = useState<{ pending: boolean; refused?: string | undefined }>({ pending: false });
  const send = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string): string => {
      const value = fields.get(name);
      return typeof value === 'string' ? value : '';
    };
    setState({ pending: true });
    const refused = await signIn(toInput(text('username'), text('password')));
    setState({ pending: false, refused });
    if (refused === undefined) onSignedIn();
  };
  return (
    <form className={styles.form} onSubmit={(event) => void send(event)}>
      {named && (
        <label>
          Name
          <input name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
        </label>
      )}
      <label>
        {isNew ? 'New password' : 'Password'}
        <input
          name="password"
          type="password"
          autoComplete={isNew ? 'new-password' : 'current-password'}
          minLength={isNew ? MIN_PASSWORD : undefined}
          aria-describedby={isNew ? HINT_ID : undefined}
          required
        />
        {isNew && (
          <small id={HINT_ID}>At least {MIN_PASSWORD} characters. A password manager makes and keeps a good one.</small>
        )}
      </label>
      <p role="alert" className={styles.refused}>
        {state.refused !== undefined && toSentence(state.refused)}
      </p>
      <p>
        <button type="submit" data-kind="primary" disabled={state.pending}>
          {state.pending ? 'One moment…' : submit}
        </button>
      </p>
    </form>
  );
}
