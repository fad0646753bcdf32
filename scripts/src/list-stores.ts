/** `npm run list-stores`: prints one line per store. */
import { lineOf } from './lib/format.ts';
import { print, runScript } from './lib/script.ts';

await runScript(async ({ trpc }) => {
  const { stores } = await trpc.stores.list.query();
  if (stores.length === 0) print('No stores yet: "npm run create-store -- NAME" creates one.');
  for (const store of stores) print(lineOf(store));
});
