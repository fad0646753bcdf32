/** `npm run resume-store -- NAME`: starts a suspended store again, and waits until its shop works. */
import { print, runScript, UsageError } from './lib/script.ts';
import { switchStore } from './lib/switch-store.ts';

await runScript(async (api, [name]) => {
  if (!name) throw new UsageError('usage: npm run resume-store -- NAME');
  const ready = await switchStore(api, name, {
    wanted: 'Ready',
    change: (id) => api.trpc.stores.resume.mutate({ id }),
  });
  print(`${ready.name}: open at ${ready.url}`);
});
