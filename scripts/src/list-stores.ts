/** `npm run list-stores`: one line a store. */
import { lineOf } from './lib/format.ts';
import { print, runScript } from './lib/script.ts';

await runScript(async ({ trpc }) => {
  const { stores } = await trpc.stores.list.query();
  if (stores.length === 0) print('No stores yet: "npm run create-store -- NAME" makes one.');
  for (const store of stores) print(lineOf(store));
});
