/** `npm run suspend-store -- NAME [REASON]`: ends all pods of a store, and waits until none is left. */
import { print, runScript, UsageError } from './lib/script.ts';
import { switchStore } from './lib/switch-store.ts';

await runScript(async (api, [name, ...reason]) => {
  if (!name) throw new UsageError('usage: npm run suspend-store -- NAME [REASON]');
  const suspended = await switchStore(api, name, {
    wanted: 'Suspended',
    change: (id) => api.trpc.stores.suspend.mutate({ id, reason: reason.join(' ') || undefined }),
  });
  print(`${suspended.name}: suspended; its volumes and its address stay`);
});
