/** `node scripts/src/docs/store-values.ts`: prints docs/store-values.md, generated from charts/woocommerce/values.yaml. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rowsOf } from '../../../server/src/chart/value-comments.ts';

const VALUES = fileURLToPath(new URL('../../../charts/woocommerce/values.yaml', import.meta.url));

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
