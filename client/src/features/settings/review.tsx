import { labelOf, type Preview, type Setting, type ValueDifference } from '@shopyard/contracts';
import { RotateCw, ShieldCheck, Wrench } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { ObjectDiff } from './diff-view.tsx';
import styles from './review.module.css';
import { toText } from './value-control.tsx';

export interface ReviewProps {
  /** `undefined` if only labels change. */
  preview: Preview | undefined;
  labels: readonly ValueDifference[];
  settings: readonly Setting[];
  /** Titles of the engine's components by their names. */
  titles: ReadonlyMap<string, string>;
  /** Why nothing can be applied now. */
  blocked: string | undefined;
  pending: boolean;
  error: string | undefined;
  onApply: () => void;
  onBack: () => void;
}

/** What a change does, before it is applied: in words, then object by object. */
export function Review(props: ReviewProps): ReactNode {
  const { preview, labels, settings, titles, blocked, pending, error, onApply, onBack } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (blocked === undefined && !pending) onApply();
  };
  const rows = [
    ...(preview?.values ?? []).map(({ path, before, after }) => ({ name: labelOf(settings, path), before, after })),
    ...labels.map(({ path, before, after }) => ({ name: `Label ${path.join('.')}`, before, after })),
  ];
  return (
    <form aria-label="Review" className={styles.review} onSubmit={submit}>
      <h3 ref={heading} tabIndex={-1}>
        Review changes
      </h3>
      <Impact preview={preview} titles={titles} />
      <ul className={styles.values} aria-label="Values">
        {rows.map(({ name, before, after }) => (
          <li key={name}>
            <span className={styles.name}>{name}</span>
            <span className={styles.change}>
              <del>{toWords(before)}</del>
              <span aria-hidden> → </span>
              <span className="visually-hidden">becomes</span>
              <ins>{toWords(after)}</ins>
            </span>
          </li>
        ))}
        {rows.length === 0 && <li>The effective values stay the same.</li>}
      </ul>
      {preview && <Objects preview={preview} />}
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
          disabled={blocked !== undefined || pending}
          aria-describedby={blocked === undefined ? undefined : 'apply-blocked'}
        >
          {pending ? 'Applying…' : 'Apply'}
        </button>
      </div>
    </form>
  );
}

function Impact({ preview, titles }: Pick<ReviewProps, 'preview' | 'titles'>): ReactNode {
  const restarts = (preview?.restarts ?? []).map((name) => titles.get(name) ?? name);
  return (
    <ul className={styles.impact} aria-label="Effect">
      {restarts.length > 0 ? (
        <li data-tone="warn">
          <RotateCw aria-hidden />
          Restarts {restarts.join(' and ')}: the shop is closed for a moment.
        </li>
      ) : (
        <li data-tone="good">
          <ShieldCheck aria-hidden />
          Nothing restarts.
        </li>
      )}
      {preview?.setupRuns && (
        <li>
          <Wrench aria-hidden />
          The setup runs again. It leaves what was changed in the shop's administration.
        </li>
      )}
    </ul>
  );
}

function Objects({ preview: { objects, unchanged } }: { preview: Preview }): ReactNode {
  return (
    <section aria-label="Objects" className={styles.objects}>
      <h4>Objects in Kubernetes</h4>
      {objects.map((change) => (
        <ObjectDiff key={`${change.kind}/${change.name}`} change={change} />
      ))}
      <p className={styles.note}>
        {objects.length > 0
          ? `${unchanged} other ${unchanged === 1 ? 'object stays' : 'objects stay'} the same.`
          : `All ${unchanged} objects stay the same.`}
      </p>
    </section>
  );
}

function toWords(value: unknown): string {
  return value === '' ? 'empty' : toText(value) || 'not set';
}
