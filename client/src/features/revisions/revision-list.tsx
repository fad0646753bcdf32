import type { Setting, ShownRevision } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { setParams } from '../../lib/route.ts';
import { useOffline } from '../../live/use-offline.ts';
import { Time } from '../../ui/time.tsx';
import { ToneMark } from '../../ui/tone-mark.tsx';
import { describeChange, describeOutcome } from './describe-revision.ts';
import styles from './revisions.module.css';

interface RevisionListProps {
  /** Newest first. */
  revisions: readonly ShownRevision[];
  settings: readonly Setting[];
  /** `disabled`: for now, such as while the store is being deleted. `absent`: the user may not. */
  rollback: 'offered' | 'disabled' | 'absent';
}

/** Who changed what, when and why, and whether it worked. */
export function RevisionList({ revisions, settings, rollback }: RevisionListProps): ReactNode {
  return (
    <ol className={styles.list} aria-label="Revisions">
      {revisions.map((revision, at) => (
        <Revision
          key={revision.generation}
          revision={revision}
          present={at === 0 ? undefined : revisions[0]}
          change={describeChange(revision, revisions[at + 1], settings)}
          rollback={rollback}
        />
      ))}
    </ol>
  );
}

interface RevisionProps {
  revision: ShownRevision;
  /** Undefined if this is it. */
  present: ShownRevision | undefined;
  change: string;
  rollback: RevisionListProps['rollback'];
}

function Revision({ revision, present, change, rollback }: RevisionProps): ReactNode {
  const { generation, actor, at, reason, versions, chartVersion, closedSeconds } = revision;
  const { offline, explanation } = useOffline();
  const { tone, text } = describeOutcome(revision);
  const facts = [
    ...versions.map(({ title, version }) => `${title} ${version}`),
    ...(chartVersion === undefined ? [] : [`Chart ${chartVersion}`]),
    ...(closedSeconds ? [`unavailable for ${closedSeconds} s`] : []),
  ];
  return (
    <li>
      <p className={styles.title}>
        <strong>Generation {generation}</strong>
        <span className={styles.outcome} data-tone={tone}>
          <ToneMark tone={tone} />
          {text}
        </span>
        {!present && <span className={styles.present}>Current settings</span>}
      </p>
      <p className={styles.what}>
        {actor}, <Time at={at} />
        {change && <> · {change}</>}
      </p>
      {reason !== undefined && <p className={styles.reason}>“{reason}”</p>}
      <p className={styles.facts}>{facts.join(' · ')}</p>
      {present && (
        <p className={styles.acts}>
          <button
            type="button"
            data-size="small"
            disabled={offline}
            onClick={() => setParams({ from: String(generation), to: String(present.generation), back: undefined })}
            aria-label={`Compare generation ${generation} with the current one`}
            {...explanation}
          >
            Compare
          </button>
          {rollback !== 'absent' && (
            <button
              type="button"
              data-size="small"
              disabled={offline || rollback === 'disabled'}
              onClick={() => setParams({ back: String(generation), from: undefined, to: undefined })}
              aria-label={`Roll back to generation ${generation}…`}
              {...explanation}
            >
              Roll back…
            </button>
          )}
        </p>
      )}
    </li>
  );
}
