/** Redacts possible secrets in values, and takes redacted values back. Pure. */
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
