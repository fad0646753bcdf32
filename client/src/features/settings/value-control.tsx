import type { ValueSchema } from '@shopyard/contracts';
import type { ReactNode } from 'react';

interface ValueControlProps {
  id: string;
  schema: ValueSchema;
  own: unknown;
  inherited: unknown;
  wrong: boolean;
  disabled: boolean;
  onChange: (value: unknown) => void;
}

/** The control that fits a value's schema. Empty means: no own value. */
export function ValueControl({ id, schema, own, inherited, wrong, disabled, onChange }: ValueControlProps): ReactNode {
  const described = {
    id,
    disabled,
    'aria-describedby': wrong ? `${id}-issue ${id}-hint` : `${id}-hint`,
    'aria-invalid': wrong,
  };
  const options = schema.type === 'boolean' ? [true, false] : schema.enum;
  if (options)
    return (
      <select
        {...described}
        value={own === undefined ? '' : toText(own)}
        onChange={({ target }) => onChange(options.find((option) => toText(option) === target.value))}
      >
        <option value="">Default ({toWords(inherited)})</option>
        {options.map((option) => (
          <option key={toText(option)} value={toText(option)}>
            {toWords(option)}
          </option>
        ))}
      </select>
    );
  return (
    <input
      {...described}
      value={toText(own)}
      placeholder={toText(inherited)}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      onChange={({ target }) => onChange(target.value === '' ? undefined : toValue(target.value, schema))}
    />
  );
}

/** As a person types it. */
export function toText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function toWords(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return toText(value) || 'none';
}

/** Only a whole number that the schema wants as one: `11.8` is a tag. */
function toValue(text: string, { type }: ValueSchema): unknown {
  return type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text;
}
