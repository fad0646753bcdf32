/** `node scripts/src/docs/store-values.ts [ENGINE]`: prints the page of an engine's values, generated from its chart's values.yaml. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rowsOf } from '../../../server/src/chart/value-comments.ts';

const TITLES: Readonly<Record<string, string>> = { woocommerce: 'WooCommerce', medusa: 'Medusa' };

/** `engine`: folder of its chart. */
export const readValues = (engine: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../charts/${engine}/values.yaml`, import.meta.url)), 'utf8');

export function storeValuesPage(yaml: string, engine: string): string {
  const escape = (text: string): string => text.replaceAll('|', '\\|');
  const rows = rowsOf(yaml).map(
    ({ path, value, comment }) => `| \`${path}\` | ${value ? `\`${escape(value)}\`` : ''} | ${escape(comment)} |`,
  );
  return `# Values of a ${TITLES[engine] ?? engine} store

Generated from \`charts/${engine}/values.yaml\` by \`scripts/src/docs/store-values.ts\`. A store's own values are merged over
those of \`SHOPYARD_STORE_VALUES\`, which are merged over the chart's. Shopyard sets \`store.id\`, \`store.name\` and
\`store.url\` itself.

| value | default | |
| --- | --- | --- |
${rows.join('\n')}
`;
}

const [engine = 'woocommerce'] = process.argv.slice(2);
if (import.meta.main) process.stdout.write(storeValuesPage(readValues(engine), engine));
