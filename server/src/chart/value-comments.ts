/** What a chart says about its values: the comments of its values.yaml. The documentation and the form show the same. */
import { isMap, isNode, isScalar, parseDocument } from 'yaml';

export interface ValueRow {
  /** Dotted path. */
  path: string;
  /** As the file writes it; empty for a map in block style. */
  value: string;
  /** The comment above it, in one line. */
  comment: string;
}

/** One row for each value and each map with a comment, in file order. A map in flow style is one value. */
export function rowsOf(yaml: string): ValueRow[] {
  return rowsBelow(parseDocument(yaml).contents, []);

  function rowsBelow(map: unknown, keys: readonly string[]): ValueRow[] {
    if (!isMap(map)) return [];
    return map.items.flatMap(({ key, value }, index) => {
      if (!isScalar(key)) return [];
      const path = [...keys, String(key.value)];
      // The parser attaches the comment above a map's first key to the map.
      const above = index === 0 && keys.length > 0 ? map.commentBefore : key.commentBefore;
      const comment = toLine(above);
      const isBlock = isMap(value) && !value.flow;
      const [from = 0, to = 0] = !isBlock && isNode(value) ? (value.range ?? []) : [];
      const row = { path: path.join('.'), value: yaml.slice(from, to), comment };
      return [...(isBlock && comment === '' ? [] : [row]), ...(isBlock ? rowsBelow(value, path) : [])];
    });
  }
}

/** The comment's last paragraph: text above a blank line describes something else, such as the file. */
const toLine = (comment: string | null | undefined): string =>
  (comment?.split(/\n\s*\n/).at(-1) ?? '').replaceAll(/\s*\n\s*/g, ' ').trim();
