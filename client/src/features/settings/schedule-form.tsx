import type { Schedule, Store } from '@shopyard/contracts';
import { type ReactNode, useId, useState } from 'react';
import { toast } from 'sonner';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { toastWithUndo } from '../../ui/undo-toast.ts';
import { issueIn, SavedField } from './saved-field.tsx';
import { Saving } from './saving.tsx';
import styles from './settings.module.css';

const FIELDS = [
  { name: 'sleep', label: 'Suspend at', example: '0 20 * * *' },
  { name: 'wake', label: 'Resume at', example: '0 7 * * *' },
  { name: 'tz', label: 'Time zone', example: 'Europe/Berlin' },
] as const;

/** Times at which the store is suspended and resumed. */
export function ScheduleForm({ store: { id, name, schedule } }: { store: Store }): ReactNode {
  const field = useId();
  const { client } = trpc.useUtils();
  const { offline } = useOffline();
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const [edited, setEdited] = useState<Omit<Schedule, 'since'>>();
  const draft = edited ?? schedule ?? { sleep: '', wake: '', tz: timeZone };
  const save = trpc.stores.setSchedule.useMutation({
    onSuccess: (_store, { schedule: saved }) => {
      setEdited(undefined);
      if (saved) toast(`Saved the schedule of ${name}`);
    },
  });
  const remove = (): void =>
    save.mutate(
      { id, schedule: null },
      {
        onSuccess() {
          // The button that had the focus is gone.
          document.getElementById(`${field}-sleep`)?.focus();
          if (schedule) offerUndo(schedule);
        },
      },
    );
  const offerUndo = ({ sleep, wake, tz }: Schedule): void =>
    toastWithUndo(`${name} no longer has a schedule`, () =>
      client.stores.setSchedule.mutate({ id, schedule: { sleep, wake, tz } }),
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const { sleep, wake, tz } = draft;
        save.mutate({ id, schedule: { sleep, wake, tz } });
      }}
    >
      <fieldset className={styles.group}>
        <legend>Schedule</legend>
        <p className={styles.hint}>
          For example, to suspend the store every night. Five fields: minute, hour, day of the month, month, day of the
          week. A store suspended or resumed by hand stays that way until the next scheduled time.
        </p>
        {FIELDS.map(({ name: key, label, example }) => (
          <SavedField key={key} id={`${field}-${key}`} label={label} issue={issueIn(save.error, `schedule.${key}`)}>
            {(control) => (
              <input
                {...control}
                value={draft[key]}
                placeholder={example}
                required
                autoCapitalize="none"
                spellCheck={false}
                onChange={({ target }) => {
                  setEdited({ ...draft, [key]: target.value });
                  save.reset();
                }}
              />
            )}
          </SavedField>
        ))}
        <Saving
          pending={save.isPending}
          given={schedule !== undefined}
          offline={offline}
          error={save.error}
          onRemove={remove}
        />
      </fieldset>
    </form>
  );
}
