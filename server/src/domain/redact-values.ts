/** Redacts possible secrets in values and objects, and takes redacted values back. Pure. */
import { HIDDEN, isSecretName } from './redact-release.ts';

type Values = Record<string, unknown>;

export function redactValues(values: Values): Values {
  return mapEntries(values, (key, value) => redactValue(key, value));
}

/** What is shown for the value of this name. */
export function redactValue(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => redactValue('', item));
  if (isMap(value)) return redactValues(value);
  return isSecretName(name) && value ? HIDDEN : value;
}

/** An object of Kubernetes, as redactYaml shows its text. */
export function redactObject(object: object): Values {
  const values: Values = { ...object };
  const isSecret = values['kind'] === 'Secret';
  return mapEntries(values, (key, value) => {
    if (isSecret && (key === 'data' || key === 'stringData') && isMap(value)) return mapEntries(value, () => HIDDEN);
    return redactField(key, value);
  });
}

/** Below an object, a map may also be an environment variable: {name: X, value: y}. */
function redactField(key: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => redactField('', item));
  if (!isMap(value)) return redactValue(key, value);
  const isHidden = typeof value['name'] === 'string' && isSecretName(value['name']) && 'value' in value;
  const shown = mapEntries(value, redactField);
  return isHidden ? { ...shown, value: HIDDEN } : shown;
}

/** Puts the present values where a caller sends back what it was shown. */
export function restoreRedacted(values: Values, present: Values): Values {
  return mapEntries(values, (key, value) => restore(key, value, present[key]));
}

function restore(name: string, value: unknown, present: unknown): unknown {
  if (Array.isArray(value))
    return value.map((item, index) => restore('', item, Array.isArray(present) ? present[index] : undefined));
  if (isMap(value)) return restoreRedacted(value, isMap(present) ? present : {});
  return value === HIDDEN && isSecretName(name) && present !== undefined ? present : value;
}

/** `__proto__` is a key like any other. */
function mapEntries(values: Values, change: (key: string, value: unknown) => unknown): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(key, value)]));
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
