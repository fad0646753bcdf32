/** Medusa, with PostgreSQL and a storefront of ours. */
import { fileURLToPath } from 'node:url';
import type { Engine } from '../engine.ts';
import { credentials, login } from './credentials.ts';
import { findCode } from './find-code.ts';
import { settings } from './settings.ts';
import { signIn } from './sign-in.ts';
import { verify } from './verify.ts';
import { findDatabaseChanges, findDowngrades } from './version-changes.ts';

export const medusa: Engine = {
  id: 'medusa',
  title: 'Medusa',
  about: 'Medusa with PostgreSQL',
  embedded: {
    consistsOf: 'Medusa in Node on this machine, with PostgreSQL',
    module: new URL('embedded.ts', import.meta.url).href,
    findCode,
  },
  chart: fileURLToPath(new URL('../../../charts/medusa', import.meta.url)),
  components: [
    {
      name: 'medusa',
      title: 'Medusa',
      role: 'web',
      kind: 'Deployment',
      port: 9000,
      valuesKey: 'medusa',
      claim: 'medusa-static',
    },
    {
      name: 'postgres',
      title: 'database',
      role: 'database',
      kind: 'StatefulSet',
      valuesKey: 'postgres',
      claim: 'data-postgres-0',
    },
    // It runs Medusa's own image.
    { name: 'setup', title: 'setup', role: 'task', kind: 'Job', valuesKey: 'medusa', resourcesKey: 'setup' },
  ],
  settings,
  versions: [
    { name: 'medusa', title: 'Medusa', path: ['medusa', 'image', 'tag'] },
    { name: 'postgres', title: 'PostgreSQL', path: ['postgres', 'image', 'tag'] },
    { name: 'node', title: 'Node.js' },
  ],
  fixes: {},
  adminTitle: 'Medusa admin',
  adminPath: '/app',
  adminPages: {
    products: 'products',
    payments: 'settings/regions',
  },
  login,
  podSecurity: 'restricted',
  mail: false,
  budgets: { database: 300, application: 600, storefront: 120 },
  essentials: (revision) => [
    'StatefulSet/postgres',
    'Deployment/medusa',
    'Service/postgres',
    'Service/medusa',
    'ConfigMap/postgres',
    'PersistentVolumeClaim/medusa-static',
    `Job/setup-${revision}`,
  ],
  credentials,
  downgrades: findDowngrades,
  databaseChanges: findDatabaseChanges,
  verify,
  signIn,
};
