import { type FieldIssue, LABEL, WRONG_LABEL } from '@shopyard/contracts';
import { Plus, X } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import type { LabelRow } from './draft.ts';
import { toSentence } from '../../lib/to-sentence.ts';
import styles from './settings.module.css';

interface LabelsEditorProps {
  labels: readonly LabelRow[];
  issues: readonly FieldIssue[];
  onChange: (labels: readonly LabelRow[]) => void;
}

/** Names and values by which people sort and find stores. */
export function LabelsEditor({ labels, issues, onChange }: LabelsEditorProps): ReactNode {
  const id = useId();
  const replace = (at: number, row: LabelRow): void => onChange(labels.with(at, row));
  const refused = issues.filter(({ path }) => path[0] === 'labels').map(({ message }) => toSentence(message));
  return (
    <fieldset className={styles.group}>
      <legend>Labels</legend>
      <p className={styles.hint}>For finding stores. Changing them doesn&apos;t affect the running shop.</p>
      {labels.map(([name, value], at) => {
        const problem = problemOf(labels, at);
        const described = { 'aria-invalid': problem !== undefined, 'aria-describedby': `${id}-${at}` };
        return (
          // oxlint-disable-next-line react/no-array-index-key -- rows have no identity while they are typed
          <div key={at} className={styles.label}>
            <input
              value={name}
              aria-label={`Name of label ${at + 1}`}
              placeholder="team"
              autoCapitalize="none"
              spellCheck={false}
              onChange={({ target }) => replace(at, [target.value, value])}
              {...described}
            />
            <span aria-hidden>:</span>
            <input
              value={value}
              aria-label={`Value of label ${at + 1}`}
              placeholder="shops"
              autoCapitalize="none"
              spellCheck={false}
              onChange={({ target }) => replace(at, [name, target.value])}
              {...described}
            />
            <IconButton
              icon={X}
              label={`Remove label ${name || at + 1}`}
              onClick={() => onChange(labels.filter((_row, index) => index !== at))}
            />
            <p id={`${id}-${at}`} className={styles.issue}>
              {problem}
            </p>
          </div>
        );
      })}
      {refused.length > 0 && <p className={styles.issue}>{refused.join(' ')}</p>}
      <p className={styles.buttons}>
        <button type="button" data-size="small" onClick={() => onChange([...labels, ['', '']])}>
          <Plus aria-hidden />
          Add label
        </button>
      </p>
    </fieldset>
  );
}

/** A row that is still empty is no mistake. */
export function problemOf(labels: readonly LabelRow[], at: number): string | undefined {
  const [name = '', value = ''] = labels[at] ?? [];
  if (name === '' && value === '') return undefined;
  if (labels.some(([other], index) => index < at && other === name)) return 'Another label has this name.';
  return LABEL.test(name) && LABEL.test(value) ? undefined : toSentence(WRONG_LABEL);
}
