import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { readChart } from './read-chart.ts';

function chartWith(files: Record<string, string>): ReturnType<typeof readChart> {
  using dir = temporaryDir();
  mkdirSync(join(dir.path, 'files'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir.path, name), text);
  return readChart(dir.path);
}

const FILES = {
  'Chart.yaml': 'name: shop\nversion: 1.2.3+4\ndependencies: [{ name: common, version: 0.1.0 }]',
  'values.yaml': 'size: tiny',
  'values.schema.json': '{"type": "object", "properties": {"size": {}, "common": {}}}',
  'files/sizes.yaml': `
tiny:
  suits: a few orders a day
  components:
    web: { requests: { cpu: 10m }, limits: { memory: 1Gi } }
    search: { requests: { cpu: 20m }, limits: { memory: 2Gi } }
    database: { requests: { cpu: '1' }, limits: { memory: 3Gi } }
  storage: { database: 5Gi }`,
};

test('sums whatever components the sizes have, and hides what helm adds for a library', () => {
  expect(chartWith(FILES)).toEqual({
    name: 'shop',
    version: '1.2.3+4',
    label: 'shop-1.2.3_4',
    libraries: ['common'],
    defaults: { size: 'tiny' },
    schema: { type: 'object', properties: { size: {} } },
    described: { type: 'object', properties: { size: { default: 'tiny' } } },
    requests: new Map([
      [
        'tiny',
        new Map([
          ['web', { cpu: '10m' }],
          ['search', { cpu: '20m' }],
          ['database', { cpu: '1' }],
        ]),
      ],
    ]),
    volumes: new Map([['tiny', new Map([['database', 5 * 1024 ** 3]])]]),
    sizes: [
      {
        name: 'tiny',
        suits: 'a few orders a day',
        cpu: '10m + 20m + 1',
        memory: '1Gi + 2Gi + 3Gi',
        storage: '5Gi',
        memoryBytes: 6 * 1024 ** 3,
        storageBytes: 5 * 1024 ** 3,
      },
    ],
  });
});

test.each([
  { file: 'Chart.yaml', text: 'name: shop' },
  { file: 'values.yaml', text: '[]' },
  { file: 'values.schema.json', text: '{}' },
  { file: 'files/sizes.yaml', text: 'tiny: { components: { web: {} }, storage: {} }' },
])('throws for a malformed $file', ({ file, text }) => {
  expect(() => chartWith({ ...FILES, [file]: text })).toThrow('expected');
});
