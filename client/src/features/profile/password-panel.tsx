import { MIN_PASSWORD } from '@shopyard/contracts';
import { type ReactNode, type SubmitEvent, useRef } from 'react';
import { toast } from 'sonner';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { FormError, issueOf } from '../../ui/form-error.tsx';
import styles from '../../ui/form.module.css';
import { LabelledField } from '../../ui/labelled-field.tsx';
import { Panel } from '../../ui/page.tsx';

const FIELDS = ['current', 'next'];

/** Another password for the user `name`, which ends their other sessions. */
export function PasswordPanel({ name }: { name: string }): ReactNode {
  const { offline, explanation } = useOffline();
  const form = useRef<HTMLFormElement>(null);
  const utils = trpc.useUtils();
  const change = trpc.access.changePassword.useMutation({
    onSuccess() {
      form.current?.reset();
      toast.success('Password changed. Your other browsers are signed out.');
      void utils.access.sessions.invalidate();
    },
    onError: () => form.current?.querySelector<HTMLElement>('input:not([hidden])')?.focus(),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (field: string): string => {
      const value = fields.get(field);
      return typeof value === 'string' ? value : '';
    };
    if (!change.isPending && !offline) change.mutate({ current: text('current'), next: text('next') });
  };
  return (
    <Panel title="Password" about="A new password signs out your other browsers. Your tokens stay valid.">
      <form ref={form} className={styles.form} onSubmit={submit}>
        {/* Tells password managers whose password it is. */}
        <input name="username" autoComplete="username" value={name} readOnly hidden />
        <LabelledField label="Present password" issue={issueOf(change.error, 'current')}>
          {(control) => <input {...control} name="current" type="password" autoComplete="current-password" required />}
        </LabelledField>
        <LabelledField
          label="New password"
          hint={`At least ${MIN_PASSWORD} characters`}
          issue={issueOf(change.error, 'next')}
        >
          {(control) => (
            <input
              {...control}
              name="next"
              type="password"
              autoComplete="new-password"
              minLength={MIN_PASSWORD}
              required
            />
          )}
        </LabelledField>
        <FormError error={change.error} fields={FIELDS} />
        <p className={styles.buttons}>
          <button type="submit" disabled={change.isPending || offline} {...explanation}>
            Change password
          </button>
        </p>
      </form>
    </Panel>
  );
}
