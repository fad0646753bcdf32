/** `npm run delete-store -- NAME`: deletes a store with all its data, and waits until it is gone. */
import { requireStore } from './lib/require-store.ts';
import { waitForStore } from '@shopyard/sdk';
import { print, runScript, UsageError } from './lib/script.ts';

await runScript(async (api, [name]) => {
  if (!name) throw new UsageError('usage: npm run delete-store -- NAME');
  const store = await requireStore(api, name);
  await api.trpc.stores.remove.mutate({ id: store.id });
  await waitForStore(api, store.id, ({ phase, message }) => {
    print(`${store.name}: ${phase}${message ? `: ${message}` : ''}`);
    return false;
  });
  print(`${store.name}: deleted`);
});
