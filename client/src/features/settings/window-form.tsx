import { type ChangeWindow, openingDays, type Store, WEEKDAYS } from '@shopyard/contracts';
import { type ReactNode, useId, useState } from 'react';
import { toast } from 'sonner';
import { toSentence } from '../../lib/to-sentence.ts';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { toastWithUndo } from '../../ui/undo-toast.ts';
import { issueIn, SavedField } from './saved-field.tsx';
import { Saving } from './saving.tsx';
import styles from './settings.module.css';

type Day = ChangeWindow['days'][number];

const LABELS: Record<Day, string> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};
const FIELDS = [
  { name: 'from', label: 'From', type: 'time' },
  { name: 'to', label: 'Until', type: 'time' },
  { name: 'tz', label: 'Time zone', type: 'text' },
] as const;

/** When the store may be changed while it works. */
export function WindowForm({ store: { id, name, window } }: { store: Store }): ReactNode {
  const field = useId();
  const { client } = trpc.useUtils();
  const { offline } = useOffline();
  const platform = trpc.platform.get.useQuery(undefined, { staleTime: Infinity }).data?.window;
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const [edited, setEdited] = useState<ChangeWindow>();
  const draft = edited ?? window ?? { days: [], from: '02:00', to: '04:00', tz: platform?.tz ?? timeZone };
  const save = trpc.stores.setWindow.useMutation({
    onSuccess: (_store, { window: saved }) => {
      setEdited(undefined);
      if (saved) toast(`Saved the maintenance window of ${name}`);
    },
  });
  const remove = (): void =>
    save.mutate(
      { id, window: null },
      {
        onSuccess() {
          // The button that had the focus is gone.
          document.getElementById(`${field}-from`)?.focus();
          if (window) offerUndo(window);
        },
      },
    );
  const offerUndo = (before: ChangeWindow): void =>
    toastWithUndo(`${name} no longer has a maintenance window of its own`, () =>
      client.stores.setWindow.mutate({ id, window: before }),
    );
  const edit = (next: ChangeWindow): void => {
    setEdited(next);
    save.reset();
  };
  const choose = (day: Day, chosen: boolean): void =>
    edit({ ...draft, days: WEEKDAYS.filter((one) => (one === day ? chosen : draft.days.includes(one))) });
  const noDays = issueIn(save.error, 'window.days');
  return (
    <form
      aria-label="Maintenance window"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ id, window: draft });
      }}
    >
      <fieldset className={styles.group}>
        <legend>Maintenance window</legend>
        <p className={styles.hint}>
          While the store works, changes to its settings wait for these days and times.{' '}
          {platform ? `Without one of its own: ${openingDays(platform)}.` : 'Without one: at any time.'}
        </p>
        <fieldset aria-label="Days" className={styles.days}>
          {WEEKDAYS.map((day) => (
            <label key={day}>
              <input
                type="checkbox"
                checked={draft.days.includes(day)}
                onChange={({ target }) => choose(day, target.checked)}
              />
              {LABELS[day]}
            </label>
          ))}
        </fieldset>
        {noDays !== undefined && (
          <p role="alert" className={styles.issue}>
            {toSentence(noDays)}
          </p>
        )}
        {FIELDS.map(({ name: key, label, type }) => (
          <SavedField key={key} id={`${field}-${key}`} label={label} issue={issueIn(save.error, `window.${key}`)}>
            {(control) => (
              <input
                {...control}
                type={type}
                required
                autoCapitalize="none"
                spellCheck={false}
                value={draft[key]}
                onChange={({ target }) => edit({ ...draft, [key]: target.value })}
              />
            )}
          </SavedField>
        ))}
        <Saving
          pending={save.isPending}
          given={window !== undefined}
          offline={offline}
          error={save.error}
          onRemove={remove}
        />
      </fieldset>
    </form>
  );
}
