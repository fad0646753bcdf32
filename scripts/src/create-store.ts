/** `npm run create-store -- NAME [ENGINE]`: creates a store and waits until it is Ready. Exits with 1 if it fails. */
import { randomUUID } from 'node:crypto';
import { waitForStore } from '@shopyard/sdk';
import { print, runScript, UsageError } from './lib/script.ts';

await runScript(async (api, [name, engine]) => {
  if (!name) throw new UsageError('usage: npm run create-store -- NAME [ENGINE]');
  const created = await api.trpc.stores.create.mutate({ name, engine }, { context: { idempotencyKey: randomUUID() } });
  const store = await waitForStore(api, created.id, (next) => {
    print(`${next.name}: ${next.phase}${next.message ? `: ${next.message}` : ''}`);
    return next.phase === 'Ready' || next.phase === 'Failed';
  });
  if (store?.phase !== 'Ready') throw new UsageError(store?.message ?? `${name} was deleted in the meantime`);
  print(store.url);
});
