import type { Platform, Store } from '@shopyard/contracts';
import { type ClipboardEvent, type FormEvent, type ReactNode, useRef, useState } from 'react';
import { storeHref } from '../../lib/route.ts';
import { useOffline } from '../../live/use-offline.ts';
import { nameOf } from './draft.ts';
import { Field } from './field.tsx';
import { FormFooter } from './form-footer.tsx';
import { MoreFields } from './more-fields.tsx';
import { NewStorePlan } from './new-store-plan.tsx';
import { issuesOf } from './issues.ts';
import { SettingsFields } from './settings-fields.tsx';
import { type CreateForm, type CreateWorld, useFocusOnIssue } from './use-create-form.ts';
import { useCreateOne } from './use-create-one.ts';
import styles from './create-store.module.css';

export interface CreateStepProps {
  form: CreateForm;
  world: CreateWorld;
  more: { checked: boolean; onChange: (checked: boolean) => void };
  /** All that was asked for is accepted. */
  onCreated: (stores: readonly Store[]) => void;
  onCancel: () => void;
}

/** Shop name, name and settings of one store. */
export function OneStore({ form, world, more, onCreated, onCancel }: CreateStepProps): ReactNode {
  const { draft, issues, change } = form;
  const { problems, pending, submit, plan } = useCreateOne(form, world);
  const { offline } = useOffline();
  const [created, setCreated] = useState<Store>();
  const title = useRef<HTMLInputElement>(null);
  const name = nameOf(draft);
  const ref = useFocusOnIssue(form.tried);
  const [start] = useState(draft);
  // What has just been begun is not wrong yet.
  const shown = draft !== start && (name.length > 1 || draft.title.length > 1) ? problems : [];
  const all = [...issues, ...shown.filter(({ message }) => !issues.some((issue) => issue.message === message))];

  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (offline) return;
    const store = await submit();
    if (!store) return;
    setCreated(store);
    onCreated([store]);
    title.current?.focus();
  };
  const onPaste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData.getData('text');
    if (pasted.trim().split('\n').length < 2) return;
    event.preventDefault();
    change({ several: true, lines: [draft.title.trim(), pasted.trim()].filter(Boolean).join('\n'), title: '' });
  };

  return (
    <form ref={ref} className={styles.form} onSubmit={(event) => void onSubmit(event)} noValidate>
      <Field
        label="Shop name"
        hint={
          <>
            Customers see this.{' '}
            <button
              type="button"
              className={styles.link}
              onClick={() => change({ several: true, lines: draft.title, title: '' })}
            >
              Create several…
            </button>
          </>
        }
        issues={issuesOf(all, 'title')}
      >
        {(control) => (
          <input
            {...control}
            ref={title}
            value={draft.title}
            autoComplete="off"
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first field of a dialog that was just opened
            autoFocus
            onPaste={onPaste}
            onChange={(event) => change({ title: event.target.value })}
          />
        )}
      </Field>
      <Field label="Name" hint={<Address name={name} platform={world.platform} />} issues={issuesOf(all, 'name')}>
        {(control) => (
          <input
            {...control}
            // React sets no such attribute, which showModal looks for: all that is left to type.
            ref={(input) => void input?.toggleAttribute('autofocus', start.title !== '')}
            value={name}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={60}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <SettingsFields form={form} world={world} />
      <MoreFields form={form} />
      <NewStorePlan draft={draft} disabled={offline || pending} onPlan={plan} />
      <FormFooter
        action={pending ? 'Creating…' : 'Create store'}
        disabled={pending}
        problems={issuesOf(issues, 'form').map(({ message }) => message)}
        more={more}
        onCancel={onCancel}
      />
      {created && (
        <output className={styles.created}>
          <a href={storeHref(created.id)}>{created.name}</a> is being created.
        </output>
      )}
    </form>
  );
}

function Address({ name, platform }: { name: string; platform: Platform | undefined }): ReactNode {
  if (name === '' || !platform) return 'Part of the address: 2–40 lowercase letters, digits and hyphens';
  return platform.storeUrl.replace('{name}', name);
}
