import type { StorePlan } from '@shopyard/contracts';
import { type ReactNode, useState } from 'react';
import { PlanImpact, PlanObjects } from '../settings/plan-view.tsx';
import type { Draft } from './draft.ts';
import styles from './create-store.module.css';

interface NewStorePlanProps {
  draft: Draft;
  disabled: boolean;
  onPlan: () => Promise<StorePlan | undefined>;
}

/** What the store would consist of, on demand. Gone once the input says something else. */
export function NewStorePlan({ draft, disabled, onPlan }: NewStorePlanProps): ReactNode {
  const [planned, setPlanned] = useState<{ plan: StorePlan; draft: Draft }>();
  const [pending, setPending] = useState(false);
  const plan = planned?.draft === draft ? planned.plan : undefined;
  const ask = async (): Promise<void> => {
    setPending(true);
    try {
      const answer = await onPlan();
      setPlanned(answer && { plan: answer, draft });
    } finally {
      setPending(false);
    }
  };
  return (
    <section className={styles.plan} aria-label="Plan" aria-live="polite">
      {plan ? (
        <>
          <PlanImpact plan={plan} />
          <PlanObjects objects={plan.objects} />
        </>
      ) : (
        <button type="button" data-size="small" disabled={disabled || pending} onClick={() => void ask()}>
          {pending ? 'Planning…' : 'Show what will be created'}
        </button>
      )}
    </section>
  );
}
