/** WooCommerce on WordPress, with MariaDB. */
import { fileURLToPath } from 'node:url';
import type { Engine } from '../engine.ts';
import { credentials, login } from './credentials.ts';
import { signIn } from './sign-in.ts';
import { findCode } from './find-code.ts';
import { settings } from './settings.ts';
import { verify } from './verify.ts';
import { findDatabaseChanges, findDowngrades } from './version-changes.ts';

export const woocommerce: Engine = {
  id: 'woocommerce',
  title: 'WooCommerce',
  about: 'WooCommerce on WordPress',
  embedded: {
    consistsOf: 'WordPress and WooCommerce in Node on this machine, with SQLite; the MariaDB pods are simulated',
    module: new URL('embedded.ts', import.meta.url).href,
    findCode,
  },
  chart: fileURLToPath(new URL('../../../charts/woocommerce', import.meta.url)),
  components: [
    {
      name: 'wordpress',
      title: 'WordPress',
      role: 'web',
      kind: 'Deployment',
      port: 80,
      valuesKey: 'wordpress',
      claim: 'wordpress-content',
    },
    {
      name: 'mariadb',
      title: 'database',
      role: 'database',
      kind: 'StatefulSet',
      valuesKey: 'mariadb',
      claim: 'data-mariadb-0',
    },
    // Both run WordPress's own image.
    { name: 'setup', title: 'setup', role: 'task', kind: 'Job', valuesKey: 'wordpress', resourcesKey: 'setup' },
    { name: 'cron', title: 'cron', role: 'task', kind: 'CronJob', valuesKey: 'wordpress' },
  ],
  settings,
  versions: [
    { name: 'woocommerce', title: 'WooCommerce', path: ['woocommerce', 'version'] },
    { name: 'wordpress', title: 'WordPress', path: ['wordpress', 'image', 'tag'] },
    { name: 'mariadb', title: 'MariaDB', path: ['mariadb', 'image', 'tag'] },
    { name: 'php', title: 'PHP' },
    { name: 'woocommerce_db', title: 'WooCommerce database', isInternal: true },
    { name: 'wordpress_db', title: 'WordPress database', isInternal: true },
  ],
  fixes: { SetupRetrying: ['woocommerce.url'], SetupFailed: ['woocommerce.url'] },
  adminTitle: 'WP admin',
  adminPath: '/wp-admin/',
  adminPages: {
    products: 'edit.php?post_type=product',
    payments: 'admin.php?page=wc-settings&tab=checkout',
    visibility: 'admin.php?page=wc-settings&tab=site-visibility',
    plugins: 'plugins.php',
  },
  login,
  // WordPress needs a sysctl to bind port 80 without root; the rest passes restricted.
  podSecurity: 'baseline',
  mail: true,
  budgets: { database: 300, application: 600, storefront: 120 },
  essentials: (revision) => [
    'StatefulSet/mariadb',
    'Deployment/wordpress',
    'Service/mariadb',
    'Service/wordpress',
    'ConfigMap/setup',
    'PersistentVolumeClaim/wordpress-content',
    `Job/setup-${revision}`,
  ],
  credentials,
  downgrades: findDowngrades,
  databaseChanges: findDatabaseChanges,
  verify,
  signIn,
};
