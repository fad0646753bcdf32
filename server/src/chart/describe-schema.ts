/** Makes a chart's schema readable without the chart: references resolved, values described, with defaults. Pure. */
import type { ValueSchema } from '@shopyard/contracts';
import { isMap } from './platform-values.ts';
import { rowsOf } from './value-comments.ts';

/** Keywords whose value is a schema of what has no path of its own. */
const NESTED = ['additionalProperties', 'propertyNames', 'items'];

interface Sources {
  /** As its file has it. */
  schema: Record<string, unknown>;
  /** The text of values.yaml, whose comments say what each value is for. */
  values: string;
  defaults: Record<string, unknown>;
}

/** A reference leads to a definition that holds no reference to itself, so this ends. */
export function describeSchema({ schema, values, defaults }: Sources): ValueSchema {
  const comments = new Map(rowsOf(values).map(({ path, comment }) => [path, comment]));
  const { definitions, ...root } = schema;
  return describe(root, defaults, []);

  function describe(given: unknown, value: unknown, path: readonly string[]): ValueSchema {
    const { properties, ...rest } = resolve(given);
    const comment = comments.get(path.join('.'));
    return {
      ...rest,
      ...(comment ? { description: comment } : {}),
      ...(isLeaf(value) ? { default: value } : {}),
      ...(isMap(properties) ? { properties: describeEach(properties, value, path) } : {}),
      ...Object.fromEntries(
        NESTED.filter((key) => isMap(rest[key])).map((key) => [key, describe(rest[key], undefined, [...path, '*'])]),
      ),
    };
  }

  function describeEach(properties: object, value: unknown, path: readonly string[]): Record<string, ValueSchema> {
    const below = isMap(value) ? value : {};
    return Object.fromEntries(
      Object.entries(properties).map(([key, child]) => [key, describe(child, below[key], [...path, key])]),
    );
  }

  function resolve(given: unknown): Record<string, unknown> {
    if (!isMap(given)) return {};
    const { $ref: reference, ...rest } = given;
    if (typeof reference !== 'string') return rest;
    const name = reference.replace('#/definitions/', '');
    return { ...(isMap(definitions) ? resolve(definitions[name]) : {}), ...rest };
  }
}

const isLeaf = (value: unknown): boolean => value !== undefined && !isMap(value);
