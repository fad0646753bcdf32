import { schemaAt, type ValueSchema } from '@shopyard/contracts';
import { type ReactNode, Suspense, useMemo, useState } from 'react';
import { lazyPart } from '../../lib/lazy-part.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { Draft, DraftAction } from './draft.ts';
import { toSentence } from '../../lib/to-sentence.ts';
import { toProblems } from './issues.ts';
import styles from './settings.module.css';
import { ownAt, parseText, rangeOf, setValue } from './values-document.ts';

export const editorPart = lazyPart(async () => (await import('./yaml-editor.tsx')).YamlEditor);

interface ValuesEditorProps {
  schema: ValueSchema;
  draft: Draft;
  /** The value to show first. */
  path: readonly string[];
  readOnly: boolean;
  dispatch: (action: DraftAction) => void;
}

/** All own values as YAML, with what is wrong at its line. */
export function ValuesEditor({ schema, draft, path, readOnly, dispatch }: ValuesEditorProps): ReactNode {
  const { text, issues } = draft;
  const problems = useMemo(() => parseText(text).problems ?? toProblems(issues, text), [text, issues]);
  // Only where the editor opens: it follows no typing.
  const [cursor, setCursor] = useState(() => (path.length > 0 ? rangeOf(text, path)?.from : undefined));
  const insert = (): void => {
    const next = setValue(text, path, schemaAt(schema, path)?.default ?? {});
    dispatch({ type: 'typed', text: next });
    setCursor(rangeOf(next, path)?.to);
  };
  return (
    <>
      {path.length > 0 && (
        <div className={styles.notice}>
          <p>
            <code>{path.join('.')}</code> {toSentence(schemaAt(schema, path)?.description ?? 'A value of the chart')}
          </p>
          {ownAt(parseText(text), path) === undefined && schemaAt(schema, path) && (
            <p>
              <button type="button" data-size="small" onClick={insert}>
                Insert {path.join('.')}
              </button>
            </p>
          )}
        </div>
      )}
      <Suspense fallback={<Skeleton lines={[100, 100, 100, 100]} />}>
        <editorPart.Part
          text={text}
          onChange={(next) => dispatch({ type: 'typed', text: next })}
          problems={problems}
          cursor={cursor}
          label="Values, as YAML"
          readOnly={readOnly}
        />
      </Suspense>
      {problems.length > 0 && (
        <ul className={`${styles.issue} ${styles.problems}`} aria-label="Problems in the YAML">
          {problems.map(({ message, from }) => (
            <li key={`${from} ${message}`}>
              Line {text.slice(0, from).split('\n').length}: {message}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
