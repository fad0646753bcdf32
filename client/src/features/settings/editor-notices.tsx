import { type FieldIssue, labelOf, type Setting } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import type { StoreDetail } from '../store-page/use-store-detail.ts';
import type { Draft } from './draft.ts';
import { toSentence } from '../../lib/to-sentence.ts';
import styles from './settings.module.css';

interface EditorNoticesProps {
  detail: StoreDetail;
  draft: Draft;
  settings: readonly Setting[];
  /** Issues that no field of the form shows. */
  elsewhere: readonly FieldIssue[];
  error: string | undefined;
  /** Shows a value in the YAML. */
  onShow: (path: readonly string[]) => void;
}

/** What happened to the draft besides typing: refusals, and others who changed the store. */
export function EditorNotices(props: EditorNoticesProps): ReactNode {
  const { detail, draft, settings, elsewhere, error, onShow } = props;
  const { merged } = draft;
  const name = (path: readonly string[]): string => labelOf(settings, path);
  return (
    <>
      {merged && (
        <section aria-live="polite" aria-label="Changed by somebody else" className={styles.notice} data-tone="warn">
          <p>
            <strong>{lastEditor(detail)} changed this store in the meantime.</strong> Nothing you typed is lost.
          </p>
          <ul>
            {merged.taken.length > 0 && <li>Included from their change: {merged.taken.map(name).join(', ')}.</li>}
            {merged.kept.length > 0 && <li>Changed by both; yours is kept: {merged.kept.map(name).join(', ')}.</li>}
          </ul>
        </section>
      )}
      {(error ?? elsewhere[0]) !== undefined && (
        <div role="alert" className={styles.notice} data-tone="bad">
          {error !== undefined && <p>{toSentence(error)}</p>}
          <ul>
            {elsewhere.map(({ field, path, message }) => (
              <li key={`${field} ${message}`}>
                <button type="button" className={styles.link} onClick={() => onShow(path.slice(1))}>
                  {path.slice(1).join('.') || 'Values'}
                </button>
                : {toSentence(message)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** Calls that change values, as the history names them. */
const CHANGES: ReadonlySet<string> = new Set(['update', 'rollback']);

/** Who made the latest change, as far as the history tells. */
function lastEditor({ history }: StoreDetail): string {
  const entry = history.findLast(({ kind, what }) => kind === 'call' && CHANGES.has(what));
  return entry?.actor ?? 'Somebody';
}
