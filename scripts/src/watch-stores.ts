/** `npm run watch-stores`: prints every change as it happens, until Ctrl-C. */
import { once } from 'node:events';
import { lineOf } from './lib/format.ts';
import { print, runScript } from './lib/script.ts';

await runScript(async ({ trpc }) => {
  const subscription = trpc.stores.watch.subscribe(undefined, {
    onData({ data }) {
      if (data.type === 'snapshot') return data.stores.forEach((store) => print(lineOf(store)));
      for (const change of data.changes) {
        if (change.type === 'store') print(lineOf(change.store));
        else if (change.type === 'removed') print(`${change.name.padEnd(24)} deleted`);
      }
    },
    onError: (error) => print(`interrupted: ${error.message}`),
  });
  await once(process, 'SIGINT');
  subscription.unsubscribe();
});
