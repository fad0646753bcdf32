import { labelOf, refusedObjects, type Setting, type StorePlan, type ValueDifference } from '@shopyard/contracts';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { ReasonField } from '../../ui/reason-field.tsx';
import { PlanImpact, PlanObjects } from './plan-view.tsx';
import { refusedFields } from './refused-fields.ts';
import styles from './review.module.css';
import { ValueChanges } from './value-changes.tsx';

export interface ReviewProps {
  /** `undefined` if only labels change. */
  plan: StorePlan | undefined;
  /** The one before had expired when it was applied. */
  isRenewed: boolean;
  labels: readonly ValueDifference[];
  settings: readonly Setting[];
  /** Why nothing can be applied now. */
  blocked: string | undefined;
  pending: boolean;
  error: string | undefined;
  reason: string;
  onReason: (reason: string) => void;
  onApply: () => void;
  onBack: () => void;
}

/** What a change does, before it is applied: in words, then object by object. */
export function Review(props: ReviewProps): ReactNode {
  const { plan, isRenewed, labels, settings, pending, error, reason, onReason, onApply, onBack } = props;
  const blocked = props.blocked ?? (plan && whatToChange(plan, settings));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (blocked === undefined && !pending) onApply();
  };
  const { before = '', after = '' } = plan?.chart ?? {};
  const rows = [
    ...(plan?.chart ? [{ name: 'Chart', before, after }] : []),
    ...(plan?.values ?? []).map(({ path, before, after }) => ({ name: labelOf(settings, path), before, after })),
    ...labels.map(({ path, before, after }) => ({ name: `Label ${path.join('.')}`, before, after })),
  ];
  return (
    <form aria-label="Review" className={styles.review} onSubmit={submit}>
      <h3 ref={heading} tabIndex={-1}>
        Review changes
      </h3>
      {isRenewed && (
        <output className={styles.renewed}>
          The plan was no longer valid, so it was calculated again. Check it, then apply it.
        </output>
      )}
      <PlanImpact plan={plan} />
      <ValueChanges rows={rows} />
      {plan && <PlanObjects objects={plan.objects} />}
      <ReasonField value={reason} onChange={onReason} />
      {error !== undefined && (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
      <div className={styles.actions}>
        {blocked !== undefined && (
          <span id="apply-blocked" className={styles.note}>
            {blocked}
          </span>
        )}
        <button type="button" onClick={onBack}>
          Back to editing
        </button>
        <button
          type="submit"
          data-kind="primary"
          disabled={blocked !== undefined}
          // A disabled button would lose the focus, to which a confirmation leads back.
          aria-disabled={pending}
          aria-describedby={blocked === undefined ? undefined : 'apply-blocked'}
        >
          {pending ? 'Applying…' : 'Apply'}
        </button>
      </div>
    </form>
  );
}

/** What has to be changed before the cluster takes a plan; `undefined` if it does. */
function whatToChange(plan: StorePlan, settings: readonly Setting[]): string | undefined {
  if (refusedObjects(plan).length === 0) return undefined;
  const fields = new Set(refusedFields(plan).map(({ path }) => labelOf(settings, path.slice(1))));
  return `The cluster refuses part of this: go back and change ${[...fields].join(', ') || 'it'}.`;
}
