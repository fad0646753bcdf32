import type { Setting, ValueSchema } from '@shopyard/contracts';
import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import { ValueControl } from './value-control.tsx';
import styles from './settings.module.css';

export interface SettingFieldProps {
  setting: Setting;
  schema: ValueSchema;
  /** The store's own value; `undefined` if it has none. */
  own: unknown;
  /** What holds without an own value. */
  inherited: unknown;
  /** Only administrators may change it; its group says so if that holds for all of it. */
  locked: 'alone' | 'with-group' | undefined;
  issue: string | undefined;
  onChange: (value: unknown) => void;
}

/** Id of the element that takes the focus for a setting. */
export const settingId = (path: readonly string[]): string => `setting-${path.join('.')}`;

/** One value with its label, a hint, and what is wrong with it. */
export function SettingField(props: SettingFieldProps): ReactNode {
  const { setting, schema, own, inherited, locked, issue, onChange } = props;
  const { path, label, hint } = setting;
  const id = settingId(path);
  return (
    <div className={styles.field} data-wrong={issue !== undefined}>
      <label htmlFor={id} title={path.join('.')}>
        {label}
      </label>
      <div className={styles.control}>
        <ValueControl
          id={id}
          schema={schema}
          own={own}
          inherited={inherited}
          onChange={onChange}
          disabled={locked !== undefined}
          wrong={issue !== undefined}
        />
        {own !== undefined && locked === undefined && (
          <IconButton icon={RotateCcw} label={`Use the default for ${label}`} onClick={() => onChange(undefined)} />
        )}
      </div>
      <p id={`${id}-hint`} className={styles.hint}>
        {hint}
        {locked === 'alone' && ' Only administrators may change this.'}
      </p>
      {issue !== undefined && (
        <p id={`${id}-issue`} className={styles.issue}>
          {issue}
        </p>
      )}
    </div>
  );
}
