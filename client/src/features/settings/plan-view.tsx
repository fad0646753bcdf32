import { refusedObjects, type StorePlan } from '@shopyard/contracts';
import { CircleX, Info, RotateCw, ShieldCheck, TriangleAlert, Wrench } from 'lucide-react';
import type { ReactNode } from 'react';
import { ObjectDiff } from './diff-view.tsx';
import styles from './review.module.css';

type Plan = Pick<StorePlan, 'impact' | 'objects' | 'notes'>;

/** What a plan means, in words: what the cluster refuses first. */
export function PlanImpact({ plan }: { plan: Plan | undefined }): ReactNode {
  const { impact, notes = [] } = plan ?? {};
  const refused = plan ? refusedObjects(plan) : [];
  return (
    <ul className={styles.impact} aria-label="Effect">
      {refused.length > 0 ? (
        <li data-tone="bad">
          <CircleX aria-hidden />
          {impact?.words}
        </li>
      ) : (
        <Effect impact={impact} />
      )}
      {notes.map((note) => (
        <li key={note}>
          <Info aria-hidden />
          {note}
        </li>
      ))}
    </ul>
  );
}

function Effect({ impact }: { impact: StorePlan['impact'] | undefined }): ReactNode {
  const closes = impact !== undefined && impact.restarts.length > 0;
  const isFinal = impact !== undefined && impact.back === 'none';
  const Icon = isFinal ? TriangleAlert : closes ? RotateCw : ShieldCheck;
  return (
    <>
      <li data-tone={closes || isFinal ? 'warn' : 'good'}>
        <Icon aria-hidden />
        {impact?.words ?? 'Nothing restarts.'}
      </li>
      {impact?.setupRuns === true && closes && (
        <li>
          <Wrench aria-hidden />
          The setup runs again. It keeps what was changed in the admin.
        </li>
      )}
    </>
  );
}

/** Each object that changes, folded; those that are refused say why at once. */
export function PlanObjects({ objects }: Pick<Plan, 'objects'>): ReactNode {
  const isQuiet = ({ verdict, why }: StorePlan['objects'][number]): boolean =>
    verdict === 'unchanged' && why === undefined;
  const shown = objects.filter((object) => !isQuiet(object));
  const unchanged = objects.length - shown.length;
  return (
    <section aria-label="Objects" className={styles.objects}>
      <h3>Objects in Kubernetes</h3>
      {shown.map((object) => (
        <ObjectDiff key={`${object.kind}/${object.name}`} object={object} />
      ))}
      {unchanged > 0 && (
        <p className={styles.note}>
          {shown.length > 0
            ? `${unchanged} other ${unchanged === 1 ? 'object stays' : 'objects stay'} the same.`
            : `All ${unchanged} objects stay the same.`}
        </p>
      )}
    </section>
  );
}
