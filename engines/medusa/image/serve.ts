/** Serves a store that is set up: the shop, the Store API and the admin. `LISTEN`: a port, or the path of a Unix socket. */
import command from '@medusajs/medusa/commands/start';

// A path is handed through to Node, which listens on it.
await command.default({ directory: import.meta.dirname, port: process.env['LISTEN'] ?? '9000' });
// What waits for a Unix socket reads this line.
process.stdout.write('listening\n');
