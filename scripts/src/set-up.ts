/** `npm run set-up`: prints a link that creates the first account, an administrator's. */
import { print, runScript, serverUrl } from './lib/script.ts';

await runScript(async ({ trpc }) => {
  const { code } = await trpc.access.createSetUpCode.mutate();
  print(`Open this within an hour to create the first account: ${serverUrl()}/#/set-up?code=${code}`);
  print('From then on everyone signs in; programs send the token of data/cli-token.');
});
