import type { Store } from '@shopyard/contracts';
import { type ReactNode, useId, useState } from 'react';
import { toast } from 'sonner';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
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
  const { offline } = useOffline();
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const [draft, setDraft] = useState({
    sleep: schedule?.sleep ?? '',
    wake: schedule?.wake ?? '',
    tz: schedule?.tz ?? timeZone,
  });
  const save = trpc.stores.setSchedule.useMutation({ onSuccess: () => void toast(`Saved the schedule of ${name}`) });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ id, schedule: draft });
      }}
    >
      <fieldset className={styles.group}>
        <legend>Schedule</legend>
        <p className={styles.hint}>
          For example, to suspend the store every night. Five fields: minute, hour, day of the month, month, day of the
          week. A store that somebody suspends or resumes in between stays so until the next scheduled time.
        </p>
        {FIELDS.map(({ name: key, label, example }) => (
          <div key={key} className={styles.field}>
            <label htmlFor={`${field}-${key}`}>{label}</label>
            <input
              id={`${field}-${key}`}
              value={draft[key]}
              placeholder={example}
              required
              autoCapitalize="none"
              spellCheck={false}
              onChange={({ target }) => setDraft({ ...draft, [key]: target.value })}
            />
          </div>
        ))}
        <Saving
          pending={save.isPending}
          given={schedule !== undefined}
          offline={offline}
          error={save.error}
          onRemove={() => save.mutate({ id, schedule: null })}
        />
      </fieldset>
    </form>
  );
}
