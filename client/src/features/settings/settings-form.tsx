import { type Chart, schemaAt, type Setting, type StoreSettings, valueAt } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import type { Draft, DraftAction } from './draft.ts';
import { issueOf } from './issues.ts';
import { SettingField } from './setting-field.tsx';
import styles from './settings.module.css';
import { ownAt, parseText } from './values-document.ts';

export interface SettingsFormProps {
  chart: Chart;
  settings: StoreSettings;
  /** Those of the chart, and the one that was asked for. */
  shown: readonly Setting[];
  draft: Draft;
  /** The user may set the shop's own settings alone. */
  tenant: boolean;
  dispatch: (action: DraftAction) => void;
}

/** A field for each setting, in groups. */
export function SettingsForm({ chart, settings, shown, draft, tenant, dispatch }: SettingsFormProps): ReactNode {
  const parsed = parseText(draft.text);
  const isLocked = (group: string): boolean =>
    tenant && shown.every((setting) => setting.group !== group || !setting.tenant);
  const groups = [...new Set(shown.map(({ group }) => group))];
  return (
    <>
      {groups.map((group) => (
        <fieldset key={group} className={styles.group}>
          <legend>{group}</legend>
          {isLocked(group) && <p className={styles.hint}>Only administrators may change these.</p>}
          {shown
            .filter((setting) => setting.group === group)
            .map((setting) => {
              const { path } = setting;
              const schema = schemaAt(chart.schema, path) ?? {};
              // What the platform sets is known only where the store sets nothing.
              const isOwn = valueAt(draft.base.own, path) !== undefined;
              return (
                <SettingField
                  key={path.join('.')}
                  setting={setting}
                  schema={schema}
                  own={ownAt(parsed, path)}
                  inherited={isOwn ? schema.default : valueAt(settings.effective, path)}
                  locked={tenant && !setting.tenant ? (isLocked(group) ? 'with-group' : 'alone') : undefined}
                  issue={issueOf(draft.issues, path)}
                  onChange={(value) => dispatch({ type: 'set', path, value })}
                />
              );
            })}
        </fieldset>
      ))}
    </>
  );
}
