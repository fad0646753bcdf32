/** A second engine, all of it in this folder: a tea shop with a ledger, without tasks. */
import { fileURLToPath } from 'node:url';
import type { Engine } from '@shopyard/engines';

export const teashop: Engine = {
  id: 'teashop',
  title: 'Tea shop',
  about: 'Tea shop with a ledger',
  embedded: { consistsOf: 'tea shops', module: new URL('embedded.ts', import.meta.url).href },
  chart: fileURLToPath(new URL('chart', import.meta.url)),
  components: [
    { name: 'front', title: 'counter', role: 'web', kind: 'Deployment', port: 8080, valuesKey: 'front' },
    {
      name: 'ledger',
      title: 'ledger',
      role: 'database',
      kind: 'StatefulSet',
      valuesKey: 'ledger',
      claim: 'data-ledger-0',
    },
  ],
  settings: [{ path: ['size'], label: 'Size', hint: 'Of the counter.', group: 'Shop' }],
  versions: [{ name: 'front', title: 'Counter', path: ['front', 'image', 'tag'] }],
  fixes: {},
  adminTitle: 'Counter',
  adminPath: '/counter',
  adminPages: {},
  login: { username: 'clerk-name', password: 'clerk-password' },
  podSecurity: 'restricted',
  mail: false,
  budgets: { database: 60, application: 60, storefront: 60 },
  essentials: () => ['StatefulSet/ledger', 'Deployment/front', 'Service/ledger', 'Service/front'],
  credentials: ({ name }, random) => ({
    'clerk-name': `clerk-of-${name}`,
    'clerk-password': random(20),
    'ledger-password': random(20),
  }),
  downgrades: () => [],
  databaseChanges: () => [],
  async verify(ask) {
    const { status, body } = await ask('/');
    if (status >= 500) {
      const missing = { reason: 'PageFails', message: `/ answers ${status}`, terminal: false } as const;
      return { missing, isBroken: true };
    }
    if (body.includes('Green tea')) return { reason: 'Orderable', saw: 'Green tea can be ordered.' };
    const missing = { reason: 'NothingToBuy', message: 'the shop has no tea', terminal: false } as const;
    return { missing, isBroken: false };
  },
};
