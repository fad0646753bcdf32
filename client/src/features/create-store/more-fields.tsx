import type { ReactNode } from 'react';
import { Field } from './field.tsx';
import { issuesOf } from './issues.ts';
import type { CreateForm } from './use-create-form.ts';
import styles from './create-store.module.css';

/** Labels and all values, folded: most stores need neither. */
export function MoreFields({ form }: { form: CreateForm }): ReactNode {
  const { draft, issues, change } = form;
  const [labels, yaml] = [issuesOf(issues, 'labels'), issuesOf(issues, 'yaml')];
  return (
    <div className={styles.more}>
      <details open={labels.length > 0 || undefined}>
        <summary>Labels</summary>
        <Field label="Labels to find it by" hint="Names and values, such as team=shops, season=summer" issues={labels}>
          {(control) => (
            <input
              {...control}
              value={draft.labels}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder="team=shops, season=summer"
              onChange={(event) => change({ labels: event.target.value })}
            />
          )}
        </Field>
      </details>
      <details open={yaml.length > 0 || undefined}>
        <summary>All values</summary>
        <Field
          label="Helm values, as YAML"
          hint="Merged over the chart's defaults and checked against its schema. Don't put secrets here."
          issues={yaml}
        >
          {(control) => (
            <textarea
              {...control}
              rows={6}
              className={styles.code}
              value={draft.yaml}
              autoCapitalize="none"
              spellCheck={false}
              placeholder={'quota:\n  enabled: false'}
              onChange={(event) => change({ yaml: event.target.value })}
            />
          )}
        </Field>
      </details>
    </div>
  );
}
