/**
 * `npm run rollback-store -- NAME [--to GENERATION] [--reason TEXT] [--confirm NAME] [--now]`: goes back to earlier values, by
 * default to the last other ones that worked, and waits until the store is Ready. Exits with 1 if it fails. `--confirm` goes on
 * where newer software may change the database, `--now` outside the store's window.
 */
import { waitForStore } from '@shopyard/sdk';
import { atOnce } from './lib/at-once.ts';
import { printWaiting } from './lib/print-waiting.ts';
import { requireStore } from './lib/require-store.ts';
import { readArgs } from './lib/read-args.ts';
import { print, runScript, UsageError } from './lib/script.ts';

const USAGE = 'usage: npm run rollback-store -- NAME [--to GENERATION] [--reason TEXT] [--confirm NAME] [--now]';

await runScript(async (api, args) => {
  const { name, ...input } = read(args);
  const { id, generation } = await requireStore(api, name);
  const rolled = await api.trpc.stores.rollback.mutate({ id, generation, ...input });
  if (printWaiting(rolled)) return;
  const store = await waitForStore(api, id, (next) => {
    if (next.generation < rolled.generation) return false;
    print(`${next.name}: ${next.phase}${next.message ? `: ${next.message}` : ''}`);
    const isDone = next.observedGeneration === next.generation && next.phase === 'Ready';
    return isDone || next.phase === 'Failed';
  });
  if (store?.phase !== 'Ready') throw new UsageError(store?.message ?? `${name} was deleted in the meantime`);
});

interface Request {
  name: string;
  to: number | undefined;
  reason: string | undefined;
  confirm: string | undefined;
  window: 'now' | undefined;
}

function read(args: string[]): Request {
  const options = {
    to: { type: 'string' },
    reason: { type: 'string' },
    confirm: { type: 'string' },
    now: { type: 'boolean' },
  } as const;
  const {
    values: { to, reason, confirm, now = false },
    positionals: [name, ...more],
  } = readArgs(args, options, USAGE);
  const generation = to === undefined ? undefined : Number(to);
  if (name === undefined || more.length > 0) throw new UsageError(USAGE);
  if (generation !== undefined && !Number.isInteger(generation))
    throw new UsageError(`--to ${to}: write the number of a generation\n${USAGE}`);
  return { name, to: generation, reason, confirm, window: atOnce(now, reason, USAGE) };
}
