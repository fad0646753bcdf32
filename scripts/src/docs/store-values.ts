/** `store-values.ts`: prints docs/store-values.md, made from the comments of charts/woocommerce/values.yaml. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const VALUES = fileURLToPath(new URL('../../../charts/woocommerce/values.yaml', import.meta.url));

interface Row {
  key: string;
  value: string;
  comment: string;
}

/** Each leaf of the file with the comment above it, in the file's order. */
function rowsOf(yaml: string): Row[] {
  const path: { indent: number; key: string }[] = [];
  const rows: Row[] = [];
  let comment: string[] = [];
  for (const line of yaml.split('\n').slice(yaml.split('\n').indexOf('') + 1)) {
    const [, indent = '', key, value = ''] = /^( *)([A-Za-z][A-Za-z0-9]*):\s*(.*)$/.exec(line) ?? [];
    const said = /^ *# ?(.*)$/.exec(line)?.[1];
    if (said !== undefined) comment.push(said);
    else if (key !== undefined) {
      while ((path.at(-1)?.indent ?? -1) >= indent.length) path.pop();
      path.push({ indent: indent.length, key });
      if (value !== '' || comment.length > 0)
        rows.push({ key: path.map((part) => part.key).join('.'), value, comment: comment.join(' ') });
      comment = [];
    }
  }
  return rows;
}

const escape = (text: string): string => text.replaceAll('|', '\\|');
const rows = rowsOf(readFileSync(VALUES, 'utf8')).map(
  ({ key, value, comment }) => `| \`${key}\` | ${value ? `\`${escape(value)}\`` : ''} | ${escape(comment)} |`,
);

process.stdout.write(`# Values of a store

Made from \`charts/woocommerce/values.yaml\` by \`scripts/src/docs/store-values.ts\`. A store's own values come last, over those of
\`SHOPYARD_STORE_VALUES\` and the chart's; \`store.id\`, \`store.name\` and \`store.url\` are the platform's.

| value | default | |
| --- | --- | --- |
${rows.join('\n')}
`);
