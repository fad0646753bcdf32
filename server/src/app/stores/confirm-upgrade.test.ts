import { engines } from '@shopyard/engines';
import { expect, test } from 'vitest';
import { readEngineCharts } from '../../chart/engine-charts.ts';
import { readyStore } from '../../domain/testing.ts';
import { confirmUpgrade } from './confirm-upgrade.ts';

const NEWER = { woocommerce: { version: '11.1.0', url: 'https://example.com/woocommerce.zip' } };

interface Case {
  name: string;
  values?: Record<string, unknown>;
  confirm?: string;
  store?: Partial<ReturnType<typeof readyStore>>;
}

function change({ values = NEWER, confirm, store }: Case): Promise<void> {
  const record = readyStore({ versions: { woocommerce_db: '11.0.1' }, ...store });
  const storage = {
    stores: {
      find: () => Promise.resolve(record),
      findByName: () => Promise.resolve(record),
      list: () => Promise.resolve([record]),
    },
  };
  return confirmUpgrade({ storage, engines, charts: readEngineCharts(engines, {}) }, { values, confirm }, record);
}

test.each<Case>([
  { name: 'no confirmation' },
  { name: "another store's name", confirm: 'beta' },
  { name: 'a store whose versions are unknown', store: { versions: undefined } },
])('a newer series needs the name of the store: $name', async (given) => {
  await expect(change(given)).rejects.toMatchObject({
    code: 'confirmation_needed',
    message: expect.stringMatching(/^WooCommerce 11\.0\.1 → 11\.1\.0: .*confirm: "alpha"$/) as string,
  });
});

test.each<Case>([
  { name: 'the name of the store', confirm: 'alpha' },
  { name: 'a newer patch', values: { woocommerce: { version: '11.0.2' } } },
  { name: 'other values', values: { size: 'large' } },
  {
    name: 'an image whose tag says no version',
    values: { wordpress: { image: { repository: 'wordpress', tag: 'none' } } },
  },
  { name: 'a store that never worked', store: { readyAt: undefined } },
])('goes on with $name', async (given) => {
  await expect(change(given)).resolves.toBeUndefined();
});
