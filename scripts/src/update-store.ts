/**
 * `npm run update-store -- NAME --set size=medium`: plans a change of a store, prints the plan, applies it, and waits until the
 * store is Ready. Exits with 2, and changes nothing, if the cluster refuses part of it; with 1 if it fails.
 */
import { readChange } from './lib/change-request.ts';
import { planAndApply } from './lib/plan-and-apply.ts';
import { requireStore } from './lib/require-store.ts';
import { runScript } from './lib/script.ts';

const USAGE =
  'usage: npm run update-store -- NAME [--set path=value]… [--values FILE] [--chart VERSION] [--diff] [--reason TEXT] [--confirm NAME] [--now]';

await runScript(async (api, args) => {
  const change = readChange(args, USAGE);
  await requireStore(api, change.name);
  await planAndApply(api, { ...change, apply: true });
});
