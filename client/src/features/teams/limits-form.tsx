import type { Quota, Team, TeamLimits } from '@shopyard/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { FormError, issueOf } from '../../ui/form-error.tsx';
import form from '../../ui/form.module.css';
import { LabelledField } from '../../ui/labelled-field.tsx';
import { QUOTA_WORDS, QUOTAS } from './quota-words.ts';
import styles from './teams.module.css';

const FIELDS = QUOTAS.map((quota) => `limits.${quota}`);

/** For administrators: how much the team may have. */
export function LimitsForm({ team }: { team: Team }): ReactNode {
  const { offline, explanation } = useOffline();
  const utils = trpc.useUtils();
  const [typed, setTyped] = useState<Partial<Record<Quota, string>>>({});
  const change = trpc.access.changeTeam.useMutation({
    onSuccess() {
      setTyped({});
      toast.success(`Saved the limits of ${team.id}`);
      void utils.access.teams.invalidate();
    },
  });
  const textOf = (quota: Quota): string => typed[quota] ?? team.limits[quota]?.toString() ?? '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const given = QUOTAS.filter((quota) => textOf(quota).trim() !== '');
    const limits: TeamLimits = Object.fromEntries(given.map((quota) => [quota, Number(textOf(quota))]));
    if (!change.isPending && !offline) change.mutate({ id: team.id, limits });
  };
  return (
    <form onSubmit={submit} className={styles.wide}>
      <div className={styles.limits}>
        {QUOTAS.map((quota) => (
          <LabelledField
            key={quota}
            label={`${QUOTA_WORDS[quota].title}, at most`}
            hint={QUOTA_WORDS[quota].about}
            issue={issueOf(change.error, `limits.${quota}`)}
          >
            {(control) => (
              <input
                {...control}
                type="number"
                min={0}
                step={1}
                placeholder="no limit"
                value={textOf(quota)}
                onChange={({ target }) => setTyped({ ...typed, [quota]: target.value })}
              />
            )}
          </LabelledField>
        ))}
      </div>
      <FormError error={change.error} fields={FIELDS} />
      <p className={form.buttons}>
        <button
          type="submit"
          disabled={change.isPending || offline || Object.keys(typed).length === 0}
          {...explanation}
        >
          Save limits
        </button>
      </p>
    </form>
  );
}
