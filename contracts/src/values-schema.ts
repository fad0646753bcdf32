/** Reads a JSON Schema of values: as the chart has it, or without references, as `platform.chart` returns it. Pure. */
import type { Setting } from './platform/overview.ts';

/** The keywords that Shopyard reads. */
export interface ValueSchema {
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, ValueSchema>;
  additionalProperties?: boolean | ValueSchema;
  /** What the value is for. */
  description?: string;
  default?: unknown;
  /** Set by the platform: people can't. */
  readOnly?: boolean;
}

/** The schema of the value at a path; `undefined` if it has no such value. Free keys of a map count. */
export function schemaAt(schema: ValueSchema, [key, ...rest]: readonly string[]): ValueSchema | undefined {
  if (key === undefined) return schema;
  const { properties = {}, additionalProperties: others } = schema;
  const child = Object.hasOwn(properties, key) ? properties[key] : typeof others === 'object' ? others : undefined;
  return child && schemaAt(child, rest);
}

/** Splits a dotted path as the schema does: keys of a map may contain dots. */
export function pathOfField(field: string): string[] {
  return field.split('.').filter(Boolean);
}

/** What people call a value: its label, or its dotted path. */
export function labelOf(settings: readonly Setting[], path: readonly string[]): string {
  const field = path.join('.');
  return settings.find((setting) => setting.path.join('.') === field)?.label ?? field;
}
