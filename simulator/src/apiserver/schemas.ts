/**
 * OpenAPI schemas of the kinds, for `kubectl explain` and what else reads them: made of the published TypeScript
 * declarations, when somebody asks. Those are regular: `export interface NAME {`, for each field `NAME?: TYPE;`, and
 * mostly a comment before each.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ListedType } from './resource-types.ts';

interface Schema {
  description: string;
  type?: string;
  properties?: Record<string, object>;
  required?: string[];
  'x-kubernetes-group-version-kind'?: object[];
}

const FOLDER = dirname(createRequire(import.meta.url).resolve('kubernetes-types/package.json'));
const MACHINERY = 'io.k8s.apimachinery.pkg';
const PREFIXES: Readonly<Record<string, string>> = {
  'meta/v1': `${MACHINERY}.apis.meta.v1`,
  'api/resource': `${MACHINERY}.api.resource`,
  runtime: `${MACHINERY}.runtime`,
};
const SCALARS: Readonly<Record<string, object>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  number: { type: 'integer' },
  'number | string': { 'x-kubernetes-int-or-string': true },
};

/** By their names in OpenAPI; those of other groups that the group's own refer to are among them. */
export function schemasOf(
  { group, version }: { group: string; version: string },
  types: readonly ListedType[],
): Record<string, Schema> {
  const schemas: Record<string, Schema> = {};
  const file = `${group.split('.')[0] || 'core'}/${version}`;
  readModule(file, schemas);
  for (const { kind } of types) {
    const schema = schemas[`${prefixOf(file)}.${kind}`];
    if (schema) schema['x-kubernetes-group-version-kind'] = [{ group, version, kind }];
  }
  return schemas;
}

const prefixOf = (file: string): string => PREFIXES[file] ?? `io.k8s.api.${file.replace('/', '.')}`;

/** With the modules that it imports. Some groups are not published. */
function readModule(file: string, schemas: Record<string, Schema>, read = new Set<string>()): void {
  const path = join(FOLDER, `${file}.d.ts`);
  if (read.has(file) || !existsSync(path)) return;
  read.add(file);
  const text = readFileSync(path, 'utf8');
  const homes = new Map<string, string>();
  for (const [, names = '', from = ''] of text.matchAll(/^import \{ (.*) \} from "\.\.\/(.*)";$/gm)) {
    for (const name of names.split(', ')) homes.set(name, from);
    readModule(from, schemas, read);
  }
  const refTo = (name: string): string => `#/components/schemas/${prefixOf(homes.get(name) ?? file)}.${name}`;
  const declarations =
    /(?:(\/\*\*(?:(?!\*\/)[^])*\*\/)\n)?^export (?:type (\w+) = (.*);|interface (\w+) \{\n([^]*?)\n?^\})/gm;
  for (const [, comment = '', alias, aliased, name = '', body = ''] of text.matchAll(declarations)) {
    const description = textOf(comment);
    // A quantity may be a number too, and so may unions.
    schemas[`${prefixOf(file)}.${alias ?? name}`] =
      alias === undefined
        ? { description, type: 'object', ...fieldsOf(body, refTo) }
        : { description, ...(aliased === 'string' && alias !== 'Quantity' ? { type: 'string' } : {}) };
  }
}

function fieldsOf(body: string, refTo: (name: string) => string): Pick<Schema, 'properties' | 'required'> {
  const properties: Record<string, object> = {};
  const required: string[] = [];
  const fields = /(?:^ {4}(\/\*\*(?:(?!\*\/)[^])*\*\/)\n)?^ {4}(?:readonly )?([$\w]+)(\??): (\{\n.*\n {4}\}|.*);$/gm;
  for (const [, comment = '', name = '', optional, type = ''] of body.matchAll(fields)) {
    const schema = typeOf(type, refTo);
    const description = textOf(comment);
    properties[name] = '$ref' in schema ? { description, allOf: [schema] } : { description, ...schema };
    if (!optional && !type.startsWith('"')) required.push(name);
  }
  return { properties, ...(required.length > 0 ? { required } : {}) };
}

function typeOf(type: string, refTo: (name: string) => string): object {
  const element = /^Array<(.*)>$/.exec(type)?.[1];
  if (element !== undefined) return { type: 'array', items: typeOf(element, refTo) };
  const value = /^\{\n +\[name: string\]: (.*);/.exec(type)?.[1];
  if (value !== undefined) return { type: 'object', additionalProperties: typeOf(value, refTo) };
  // The name of a kind, or of a group version.
  if (type.startsWith('"')) return { type: 'string' };
  return SCALARS[type] ?? { $ref: refTo(type) };
}

/** The text of a comment without its asterisks. */
function textOf(comment: string): string {
  return comment
    .replace(/^\/\*\*\s?|\s*\*\/$/g, '')
    .replace(/^ *\* ?/gm, '')
    .trim();
}
