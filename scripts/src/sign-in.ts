/** `npm run sign-in`: prints a link that signs a browser in once. */
import { print, runScript, serverUrl } from './lib/script.ts';

await runScript(async ({ trpc }) => {
  const { code } = await trpc.access.createSignInCode.mutate();
  print(`Open this within ten minutes: ${serverUrl()}/#/sign-in?code=${code}`);
});
