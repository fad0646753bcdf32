/** Serves a store whose database is a copy of the template: what the template lacks is made on the way up. */
import { join } from 'node:path';
import { container } from '@medusajs/framework';
import command from '@medusajs/medusa/commands/start';
import { apply } from '../setup/apply.ts';
import { readSettings } from '../setup/settings.ts';
import { linkApplication } from './store-folder.ts';

interface Place {
  /** The store's volume. */
  folder: string;
  /** Path of the socket to listen on. */
  socket: string;
}

export async function serveStore({ folder, socket }: Place): Promise<void> {
  process.env['UPLOAD_DIR'] = linkApplication(process.cwd(), folder);
  process.env['PRIVATE_DIR'] = join(folder, 'private');
  process.env['LISTEN'] = socket;
  await command.default({ directory: folder, port: socket });
  await apply(container, readSettings(process.env));
}
