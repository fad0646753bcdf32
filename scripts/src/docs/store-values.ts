/** `node scripts/src/docs/store-values.ts`: prints docs/store-values.md, generated from charts/woocommerce/values.yaml. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMap, isNode, isScalar, parseDocument } from 'yaml';

const VALUES = fileURLToPath(new URL('../../../charts/woocommerce/values.yaml', import.meta.url));

interface Row {
  /** Dotted path. */
  path: string;
  /** As the file writes it; empty for a map in block style. */
  value: string;
  /** The comment above it, in one line. */
  comment: string;
}

/** One row for each value and each map with a comment, in file order. A map in flow style is one value. */
export function rowsOf(yaml: string): Row[] {
  return rowsBelow(parseDocument(yaml).contents, []);

  function rowsBelow(map: unknown, keys: readonly string[]): Row[] {
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

export function storeValuesPage(yaml: string): string {
  const escape = (text: string): string => text.replaceAll('|', '\\|');
  const rows = rowsOf(yaml).map(
    ({ path, value, comment }) => `| \`${path}\` | ${value ? `\`${escape(value)}\`` : ''} | ${escape(comment)} |`,
  );
  return `# Values of a store

Generated from \`charts/woocommerce/values.yaml\` by \`scripts/src/docs/store-values.ts\`. A store's own values are merged over
those of \`SHOPYARD_STORE_VALUES\`, which are merged over the chart's. Shopyard sets \`store.id\`, \`store.name\` and
\`store.url\` itself.

| value | default | |
| --- | --- | --- |
${rows.join('\n')}
`;
}

if (import.meta.main) process.stdout.write(storeValuesPage(readFileSync(VALUES, 'utf8')));
