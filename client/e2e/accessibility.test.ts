/** Every state passes axe and works in every look. A state is visited once, and the looks change in place. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import { beforeAll, expect, test } from 'vitest';
import { AXE_REPORTS } from './support/axe.ts';
import { startDashboard } from './support/dashboard.ts';
import { findFaults } from './support/looks.ts';
import { STATES, STORES } from './support/states.ts';

const dashboard = startDashboard({ env: { SHOPYARD_SIMULATOR_SPEED: '0.1' } });
const ids = new Map<string, string>();

beforeAll(async () => {
  if (!CHROMIUM) return;
  for (const [name, values] of Object.entries(STORES)) ids.set(name, await dashboard.create(name, values));
  for (const name of ['mugs', 'posters', 'asleep']) await dashboard.reach(ids.get(name) ?? '', 'Ready');
  await dashboard.server.call('POST', `/stores/${ids.get('asleep')}/suspend`);
  await dashboard.reach(ids.get('asleep') ?? '', 'Suspended');
  await dashboard.reach(ids.get('broken') ?? '', 'Failed');
}, 130_000);

test.skipIf(!CHROMIUM).each(STATES)(
  'holds in every look: $name',
  { timeout: 120_000 },
  async ({ path, store = '', before, ready, act, tolerate }) => {
    const ignored = tolerate ? new RegExp(`${AXE_REPORTS.source}|${tolerate.source}`) : AXE_REPORTS;
    await dashboard.visit({ begin: 'nowhere', tolerate: ignored }, async (page) => {
      await before?.(page);
      await page.goto(dashboard.server.url + path.replace('ID', ids.get(store) ?? ''));
      await page.getByText(ready).first().waitFor();
      await act?.(page);
      expect(await findFaults(page)).toEqual([]);
    });
  },
);
