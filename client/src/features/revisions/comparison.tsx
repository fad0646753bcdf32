import { labelOf, type Setting } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ObjectDiff } from '../settings/diff-view.tsx';
import reviewStyles from '../settings/review.module.css';
import { ValueChanges } from '../settings/value-changes.tsx';
import styles from './revisions.module.css';

/** A store, and the words for its settings and components. */
export interface Compared {
  id: string;
  settings: readonly Setting[];
  /** By the components' names. */
  titles: ReadonlyMap<string, string>;
}

/** `from`, `to`: generations. */
type ComparisonProps = Compared & { from: number; to: number };

/** What differs between two generations, in values and, folded, in objects. */
export function Comparison({ id, from, to, settings, titles }: ComparisonProps): ReactNode {
  const { data, error, refetch } = trpc.stores.compareRevisions.useQuery({ id, from, to }, { staleTime: Infinity });
  if (error)
    return (
      <p role="alert" className={styles.error}>
        {describeError(error)}{' '}
        <button type="button" data-size="small" onClick={() => void refetch()}>
          Try again
        </button>
      </p>
    );
  if (!data) return <Skeleton lines={[30, 100, 100]} />;
  const { values, objects, restarts, trouble } = data;
  const rows = values.map(({ path, before, after }) => ({ name: labelOf(settings, path), before, after }));
  const restarted = restarts.map((name) => titles.get(name) ?? name).join(' and ');
  return (
    <>
      <ValueChanges rows={rows} />
      {restarted && <p className={styles.note}>The pods differ: switching between them restarts {restarted}.</p>}
      {trouble === undefined ? (
        <details className={styles.objects}>
          <summary>
            {objects.length === 0
              ? 'No Kubernetes object differs'
              : `${objects.length} ${objects.length === 1 ? 'object differs' : 'objects differ'} in Kubernetes`}
          </summary>
          <div className={reviewStyles.objects}>
            {objects.map((object) => (
              <ObjectDiff key={`${object.kind}/${object.name}`} object={object} />
            ))}
          </div>
        </details>
      ) : (
        <p className={styles.note}>The objects in Kubernetes can't be compared: {trouble}</p>
      )}
    </>
  );
}
