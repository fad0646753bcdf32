/** Reads the parts of the store chart that the server needs: defaults, schema and sizes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chart } from '@shopyard/contracts';
import { parse } from 'yaml';

export interface StoreChart extends Chart {
  defaults: Record<string, unknown>;
  schema: Record<string, unknown>;
  /** Value of the `helm.sh/chart` label on its objects, such as `woocommerce-0.1.0`. */
  label: string;
}

interface Size {
  wordpress: { limits: { memory: string }; requests: { cpu: string } };
  mariadb: { limits: { memory: string }; requests: { cpu: string } };
  storage: Record<string, string>;
}

export function readChart(dir: string): StoreChart {
  const read = (file: string): string => readFileSync(join(dir, file), 'utf8');
  const sizes = /define "store\.sizes" -}}\n(.*?)\n{{- end/s.exec(read('templates/_sizes.tpl'))?.[1] ?? '';
  const { name, version } = parse(read('Chart.yaml')) as { name: string; version: string };
  return {
    label: `${name}-${version.replace('+', '_')}`,
    defaults: parse(read('values.yaml')) as Record<string, unknown>,
    schema: JSON.parse(read('values.schema.json')) as Record<string, unknown>,
    sizes: Object.entries(parse(sizes) as Record<string, Size>).map(([name, { wordpress, mariadb, storage }]) => ({
      name,
      cpu: `${wordpress.requests.cpu} + ${mariadb.requests.cpu}`,
      memory: `${wordpress.limits.memory} + ${mariadb.limits.memory}`,
      storage: `${storage['wordpress']} + ${storage['mariadb']}`,
    })),
  };
}
