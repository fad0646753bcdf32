/**
 * `npm run plan-store -- NAME --set size=medium`: prints what a change, or a new store, would do. Exits with 2 if the cluster
 * refuses part of it, with 1 if it can't be planned or, with `--apply`, does not become Ready.
 */
import { readChange } from './lib/change-request.ts';
import { planAndApply } from './lib/plan-and-apply.ts';
import { runScript } from './lib/script.ts';

const USAGE =
  'usage: npm run plan-store -- NAME [--set path=value]… [--values FILE] [--chart VERSION] [--diff] [--apply [--reason TEXT] [--confirm NAME] [--now]]';

await runScript((api, args) => planAndApply(api, readChange(args, USAGE)));
