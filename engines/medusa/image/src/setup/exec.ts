/** What setup.ts does inside Medusa: `medusa exec ./src/setup/exec.ts`. Safe to be killed: see set-up.ts. */
import type { Scope } from '@medusajs/framework';
import { apply } from './apply.ts';
import { seed } from './seed.ts';
import { readSettings } from './settings.ts';

export default async function exec({ container }: { container: Scope }): Promise<void> {
  const settings = readSettings(process.env);
  if (process.env['SETUP_SEED'] === 'true') await seed(container, settings);
  if (!settings.appliesLater) await apply(container, settings);
}
