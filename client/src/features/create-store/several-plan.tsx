/** A separate chunk, since most people create one store. */
import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import type { Store } from '@shopyard/contracts';
import { useOffline } from '../../live/use-offline.ts';
import { checkLines } from './check-lines.ts';
import { FormFooter } from './form-footer.tsx';
import { LineList } from './line-list.tsx';
import { MoreFields } from './more-fields.tsx';
import type { CreateStepProps } from './one-store.tsx';
import { parseLabels } from './parse-labels.ts';
import { readLines } from './read-lines.ts';
import { readShared } from './read-shared.ts';
import { takenProblem } from './rules.ts';
import { issuesOf } from './issues.ts';
import { SettingsFields } from './settings-fields.tsx';
import { useFocusOnIssue } from './use-create-form.ts';
import { useSendLines } from './use-send-lines.ts';
import styles from './create-store.module.css';

/** More would fill a cluster by one slip of the hand. */
const MAX_LINES = 200;

interface SeveralPlanProps extends CreateStepProps {
  onSending: (sending: boolean) => void;
}

/** The settings of all, what becomes of each line, and its progress. Lines that are refused stay, with the reason. */
export function SeveralPlan({ form, world, more, onCreated, onCancel, onSending }: SeveralPlanProps): ReactNode {
  const { draft, settings, issues, setIssues, change } = form;
  const { progress, unanswered, sending, send } = useSendLines();
  const { offline } = useOffline();
  const ref = useFocusOnIssue(form.tried);
  const [accepted, setAccepted] = useState<readonly Store[]>([]);
  const read = useMemo(() => readLines(draft.lines), [draft.lines]);
  const rules = {
    settings,
    labels: parseLabels(draft.labels).labels,
    values: {},
    takenProblem: (name: string) =>
      unanswered.has(name) || sending ? undefined : takenProblem(world.stores.values(), name),
  };
  const checked = checkLines(read.lines, rules);
  const good = checked.filter(({ problems }) => problems.length === 0);
  const many = read.lines.length > MAX_LINES ? [`Create at most ${MAX_LINES} stores at once.`] : [];

  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (offline || sending) return;
    const shared = await readShared({ ...draft, title: '' }, settings);
    setIssues(shared.issues);
    if (shared.issues.length > 0 || many.length > 0 || read.problems.length > 0) return;
    onSending(true);
    const sent = checkLines(read.lines, { ...rules, ...shared }).filter(({ problems }) => problems.length === 0);
    const stores = await send(sent);
    onSending(false);
    const left = read.lines.filter(({ text }) => !stores.has(text));
    const all = [...accepted, ...stores.values()];
    setAccepted(left.length > 0 ? all : []);
    if (left.length > 0)
      change({
        lines: [...(read.header === undefined ? [] : [read.header]), ...left.map(({ text }) => text)].join('\n'),
      });
    else onCreated(all);
  };
  return (
    <form ref={ref} className={styles.form} onSubmit={(event) => void onSubmit(event)} noValidate>
      {accepted.length > 0 && !sending && (
        <output className={styles.created}>
          Accepted: {accepted.map(({ name }) => name).join(', ')}. The remaining lines were refused: change or remove
          them.
        </output>
      )}
      {checked.length > 0 && (
        <LineList
          lines={checked}
          progress={progress}
          addressOf={(name) => world.platform?.storeUrl.replace('{name}', name) ?? ''}
        />
      )}
      <SettingsFields form={form} world={world} />
      <MoreFields form={form} />
      <FormFooter
        action={sending ? 'Creating…' : toAction(good.length)}
        disabled={sending || good.length === 0}
        problems={[...read.problems, ...many, ...issuesOf(issues, 'form').map(({ message }) => message)]}
        more={more}
        onCancel={onCancel}
      />
    </form>
  );
}

function toAction(count: number): string {
  if (count === 0) return 'Create stores';
  return count === 1 ? 'Create 1 store' : `Create ${count} stores`;
}
