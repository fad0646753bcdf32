/** WooCommerce on the embedded cluster: simulated, or as WordPress in Node. Loaded by the cluster's process. */
import { fileURLToPath } from 'node:url';
import type { EmbeddedEngine } from '@shopyard/simulator/processes';
import type { WordPressOptions } from './embedded/options.ts';
import { createWordPressRuntime } from './embedded/runtime.ts';
import { simulatedReport } from './embedded/setup-report.ts';
import { serveShop } from './embedded/shop.ts';
import { stuckMigration } from './embedded/stuck-migration.ts';

const engine: EmbeddedEngine = {
  simulated: [
    {
      image: /mariadb|mysql/,
      behaviour: {
        readyMs: 1800,
        lines: [
          '[Note] [Entrypoint]: Entrypoint script for MariaDB Server started.',
          '[Note] [Entrypoint]: Initializing database files',
          '[Note] [Entrypoint]: MariaDB init process done. Ready for start up.',
          '[Note] mariadbd: ready for connections.',
        ],
      },
    },
    {
      image: /wordpress/,
      behaviour: {
        readyMs: 1500,
        serve: serveShop,
        reports: simulatedReport,
        stuck: stuckMigration,
        lines: [
          'WordPress not found in /var/www/html - copying now...',
          'Complete! WordPress has been successfully copied to /var/www/html',
          '[mpm_prefork:notice] Apache/2.4 configured -- resuming normal operations',
        ],
      },
    },
  ],
  createRuntime(options, host) {
    // GPL: it is started as a program, and never imported.
    const program = fileURLToPath(import.meta.resolve('@shopyard/stores-in-node/main'));
    // The server that starts the simulator sends them.
    return createWordPressRuntime(program, options as WordPressOptions, host);
  },
};

export default engine;
