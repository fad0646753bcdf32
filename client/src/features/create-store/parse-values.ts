/** Reads and writes values as YAML. A separate chunk, since only they need a parser. */
import type { StoreValues, Values } from '@shopyard/contracts';
import { isMap, isScalar, LineCounter, type Node, parseDocument, stringify } from 'yaml';
import type { FindLine, Issue } from './issues.ts';

export interface ParsedValues {
  values: StoreValues;
  issues: Issue[];
  findLine: FindLine;
}

/** Every syntax error is an issue at its line. An empty text has no values. */
export function parseValues(text: string): ParsedValues {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const syntax = document.errors.map(({ message, pos }): Issue => ({
    field: 'yaml',
    line: lines.linePos(pos[0]).line,
    message,
  }));
  const root = document.contents;
  const findLine: FindLine = (path) => {
    const offset = findOffset(root, path);
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
  if (syntax.length > 0) return { values: {}, issues: syntax, findLine };
  const values: unknown = document.toJS();
  if (values === null || values === undefined) return { values: {}, issues: [], findLine };
  if (!isMap(root))
    return {
      values: {},
      issues: [{ field: 'yaml', line: 1, message: 'write a map, such as "store: {currency: USD}"' }],
      findLine,
    };
  // A document whose root is a map becomes an object.
  return { values: values as StoreValues, issues: [], findLine };
}

export function writeValues(values: Values): string {
  return stringify(values);
}

/** Where the deepest key of the path begins. A key may itself contain dots. */
function findOffset(node: Node | null, path: string): number | undefined {
  if (!isMap<Node, Node>(node)) return undefined;
  const found = node.items
    .filter(({ key }) => path === keyOf(key) || path.startsWith(`${keyOf(key)}.`))
    .toSorted((a, b) => keyOf(b.key).length - keyOf(a.key).length)
    .at(0);
  if (!found) return undefined;
  const rest = path.slice(keyOf(found.key).length + 1);
  return (rest === '' ? undefined : findOffset(found.value, rest)) ?? found.key.range?.[0];
}

function keyOf(key: Node): string {
  return isScalar(key) ? String(key.value) : '';
}
