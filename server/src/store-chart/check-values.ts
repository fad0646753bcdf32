/** Values that the chart would refuse are refused at the call, by field, before anything is made of them. */
import type { FieldIssue } from '@shopyard/contracts';
import { Ajv, type ErrorObject } from 'ajv';
import { ConfigError } from '../config.ts';
import type { StoreChart } from './read-chart.ts';

type Values = Record<string, unknown>;

/** What is wrong with a store's own values, laid over the chart's and the platform's; empty when nothing is. */
export type CheckValues = (values: Values) => FieldIssue[];

/** Throws ConfigError when the platform's values are wrong by themselves. */
export function createValuesCheck({ defaults, schema }: StoreChart, platformValues: Values): CheckValues {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
  const check = (...layers: Values[]): FieldIssue[] =>
    validate(layers.reduce(overlay, defaults)) ? [] : (validate.errors ?? []).map(issueOf);
  const [wrong] = check(platformValues);
  if (wrong) throw new ConfigError(`SHOPYARD_STORE_VALUES: ${wrong.field}: ${wrong.message}`);
  return (values) => check(platformValues, values).map(({ field, message }) => ({ field: `values.${field}`, message }));
}

function issueOf({ instancePath, keyword, message = 'is not allowed', params }: ErrorObject): FieldIssue {
  const extra = keyword === 'additionalProperties' ? String(params['additionalProperty']) : undefined;
  const field = [...instancePath.split('/').slice(1), ...(extra === undefined ? [] : [extra])].join('.');
  const choices = keyword === 'enum' ? `: ${(params['allowedValues'] as string[]).join(', ')}` : '';
  return { field, message: extra === undefined ? `${message}${choices}` : 'the chart knows no such value' };
}

/** As helm merges: maps by key, all else replaced, null removes. */
function overlay(base: Values, over: Values): Values {
  const merged: Values = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = base[key];
    if (value === null) delete merged[key];
    else merged[key] = isMap(value) && isMap(below) ? overlay(below, value) : value;
  }
  return merged;
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
