/** Checks a store's values against the chart's schema and reports issues by field. */
import { type FieldIssue, isNestedDeeper, issueAt, MAX_VALUES_DEPTH, TOO_DEEP } from '@shopyard/contracts';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { ConfigError } from '../kit/config-error.ts';
import { findNear } from '../kit/find-near.ts';
import { checkPhpSizes } from './check-php-sizes.ts';
import { isMap, type PlatformLayers, RULES_SETTING, VALUES_SETTING } from './platform-values.ts';
import { CONTROL, toPrintable } from '../kit/printable.ts';
import type { StoreChart } from './read-chart.ts';

type Values = Record<string, unknown>;

/** A test checks the schema against its own schema, and optimising takes longer than it saves. */
const COMPILING = {
  allErrors: true,
  strict: false,
  verbose: true,
  meta: false,
  validateSchema: false,
  code: { optimize: false },
} as const;

/** Issues with a store's own values, merged over the chart's and the platform's; empty when they are valid. */
export type CheckValues = (values: Values) => FieldIssue[];

/** Throws ConfigError if a layer of the platform is invalid on its own. */
export function createValuesCheck({ defaults, schema }: StoreChart, platform: PlatformLayers): CheckValues {
  // That takes a tenth of a server's start: it waits for the first values, and a test checks the chart's own.
  let compiled: ValidateFunction | undefined;
  const check = (base: Values, values: Values, rules: Values = {}): FieldIssue[] => {
    if (isNestedDeeper(values, MAX_VALUES_DEPTH)) return [issueAt([], TOO_DEEP)];
    const all = overlay(overlay(base, values), rules);
    const validate = (compiled ??= new Ajv(COMPILING).compile(schema));
    if (validate(all)) return [...notUnicode(values), ...checkPhpSizes(all)];
    return (validate.errors ?? []).filter(({ keyword }) => keyword !== 'propertyNames').map(toIssue);
  };
  const base = overlay(defaults, platform.values);
  const require = (setting: string, under: Values, layer: Values): void => {
    const [wrong] = Object.keys(layer).length > 0 ? check(under, layer) : [];
    if (wrong) throw new ConfigError(`${setting}: ${[wrong.field, wrong.message].filter(Boolean).join(': ')}`);
  };
  require(VALUES_SETTING, defaults, platform.values);
  require(RULES_SETTING, base, platform.rules);
  return (values) =>
    check(base, values, platform.rules).map(({ path, message }) => issueAt(['values', ...path], message));
}

const NO_CONTROL = 'must not contain line breaks or control characters';

function toIssue(error: ErrorObject): FieldIssue {
  const { instancePath, keyword, propertyName, parentSchema } = error;
  const unknown = keyword === 'additionalProperties' ? String(error.params['additionalProperty']) : undefined;
  const keys = instancePath.split('/').slice(1).map(fromPointer);
  const path = [...keys, propertyName, unknown].flatMap((key) => (key === undefined ? [] : [toPrintable(key)]));
  if (unknown !== undefined) return issueAt(path, `unknown value${suggestion(unknown, parentSchema)}`);
  const message = toMessage(error);
  return issueAt(path, propertyName === undefined ? message : `the key ${message}`);
}

function suggestion(unknown: string, schema: ErrorObject['parentSchema']): string {
  const known: unknown = schema?.['properties'];
  const near = isMap(known) ? findNear(unknown, Object.keys(known)) : undefined;
  return near === undefined ? '' : `. Did you mean \`${near}\`?`;
}

function toMessage({ keyword, message = 'is not allowed', params, parentSchema, data }: ErrorObject): string {
  switch (keyword) {
    case 'enum':
      return `${message}: ${[params['allowedValues']].flat().join(', ')}`;
    case 'type':
      return `must be ${String(params['type']).replaceAll(',', ' or ')}`;
    case 'maxLength':
      return `must have at most ${String(params['limit'])} characters`;
    case 'pattern':
      return CONTROL.test(String(data)) ? NO_CONTROL : `must be ${String(parentSchema?.['description'] ?? 'other')}`;
    default:
      return message;
  }
}

const fromPointer = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~');

/** A lone surrogate passes every pattern, but helm can't read it. Recursion is safe: valid values have few levels. */
function notUnicode(value: unknown, path: string[] = []): FieldIssue[] {
  if (typeof value === 'string') return value.isWellFormed() ? [] : [issueAt(path, 'must be Unicode text')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => notUnicode(child, [...path, key]));
}

/** Merges as helm does: maps by key, null deletes, anything else replaces. `__proto__` is a key like any other. */
export function overlay(base: Values, over: Values): Values {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const below = merged.get(key);
    if (value === null) merged.delete(key);
    else merged.set(key, isMap(value) && isMap(below) ? overlay(below, value) : value);
  }
  return Object.fromEntries(merged);
}
