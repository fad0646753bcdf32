/** Finds the strings that a values schema leaves open, and provides texts that try to break out of YAML. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  maxLength?: number;
  description?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  items?: Schema;
  definitions?: Record<string, Schema>;
}

/** A schema node with every `$ref` resolved; `path` locates its value by keys. */
export interface SchemaNode {
  path: string[];
  schema: Schema;
  /** The string is a key of the map at `path`, not a value. */
  isKey: boolean;
}

/** A key that every map of the charts accepts, for values below a map's own keys. */
const SOME_KEY = 'cpu';
/** A value that every map of the charts accepts. */
const SOME_VALUE = '1';

export const readSchema = (chart: 'woocommerce' | 'medusa' | 'platform'): Schema =>
  JSON.parse(
    readFileSync(fileURLToPath(new URL(`../../../charts/${chart}/values.schema.json`, import.meta.url)), 'utf8'),
  ) as Schema;

/** Every node of the schema, root first. Throws on an unsupported keyword. */
export function nodesOf(root: Schema): SchemaNode[] {
  const walk = (node: Schema, path: string[], isKey = false): SchemaNode[] => {
    const schema = node.$ref ? definitionOf(root, node.$ref) : node;
    // Conditions only narrow what a closed object's properties accept.
    const opening = ['anyOf', 'oneOf', 'not', 'patternProperties'];
    for (const keyword of schema.additionalProperties === false ? opening : [...opening, 'allOf', 'if'])
      if (keyword in schema) throw new Error(`${path.join('.')}: this walk does not follow ${keyword}`);
    const { properties = {}, additionalProperties, propertyNames, items } = schema;
    return [
      { path, schema, isKey },
      ...Object.entries(properties).flatMap(([key, child]) => walk(child, [...path, key])),
      ...(typeof additionalProperties === 'object' ? walk(additionalProperties, [...path, SOME_KEY]) : []),
      ...(propertyNames ? walk(propertyNames, path, true) : []),
      ...(items ? walk(items, [...path, '0']) : []),
    ];
  };
  return walk(root, []);
}

/** Leaves that accept any text matching their pattern. */
export function stringLeavesOf(root: Schema): SchemaNode[] {
  return nodesOf(root).filter(({ schema }) => [schema.type].flat().includes('string') && !schema.enum);
}

/** `values` with this text in that leaf. */
export function withText(values: Values, { path, isKey }: SchemaNode, text: string): Values {
  const keys = isKey ? [...path, text] : path;
  return put(values, keys, isKey ? SOME_VALUE : text) as Values;
}

export type Values = { [key: string]: Values | Values[] | string };

function put(base: unknown, [key, ...rest]: string[], text: string): unknown {
  if (key === undefined) return text;
  if (key === '0') return [put((base as unknown[] | undefined)?.[0], rest, text)];
  return { ...(base as object), [key]: put((base as Record<string, unknown> | undefined)?.[key], rest, text) };
}

function definitionOf(root: Schema, ref: string): Schema {
  const found = root.definitions?.[ref.replace('#/definitions/', '')];
  if (!found) throw new Error(`${ref} is not defined`);
  return found;
}

const SMUGGLED = 'apiVersion: v1\nkind: ClusterRole\nmetadata:\n  name: smuggled\n  namespace: kube-system';

/** Texts that broke out of an unquoted template, or try to. */
export const HOSTILE_TEXTS = [
  `x\n---\n${SMUGGLED}\n---\n# `,
  `x"\n---\n${SMUGGLED}\n---\nx: "`,
  `x'\n---\n${SMUGGLED}\n---\nx: '`,
  `x }\n---\n${SMUGGLED}\n---\nx: { y: `,
  `x\r\n---\r\n${SMUGGLED.replaceAll('\n', '\r\n')}\r\n`,
  `x\r---\r${SMUGGLED.replaceAll('\n', '\r')}\r`,
  `x\u2028---\u2028${SMUGGLED.replaceAll('\n', '\u2028')}\u2028`,
  `x\u0085---\u0085${SMUGGLED.replaceAll('\n', '\u0085')}\u0085`,
  '"} , {"kind": "ClusterRole"',
  'x, name: smuggled',
  'x # comment',
  'x: y',
  '&anchor *alias',
  '!!binary x',
  '{{ .Release.Name }}',
  '\'single\' and "double"',
  '\\',
  '\u0000',
];
