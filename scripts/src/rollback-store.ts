/**
 * `npm run rollback-store -- NAME [--to GENERATION] [--reason TEXT]`: goes back to earlier values, by default to the last
 * other ones that worked, and waits until the store is Ready. Exits with 1 if it fails.
 */
import { parseArgs } from 'node:util';
import { waitForStore } from '@shopyard/sdk';
import { requireStore } from './lib/require-store.ts';
import { print, runScript, UsageError } from './lib/script.ts';

const USAGE = 'usage: npm run rollback-store -- NAME [--to GENERATION] [--reason TEXT]';

await runScript(async (api, args) => {
  const { name, to, reason } = read(args);
  const { id, generation } = await requireStore(api, name);
  const rolled = await api.trpc.stores.rollback.mutate({ id, to, generation, reason });
  const store = await waitForStore(api, id, (next) => {
    if (next.generation < rolled.generation) return false;
    print(`${next.name}: ${next.phase}${next.message ? `: ${next.message}` : ''}`);
    const isDone = next.observedGeneration === next.generation && next.phase === 'Ready';
    return isDone || next.phase === 'Failed';
  });
  if (store?.phase !== 'Ready') throw new UsageError(store?.message ?? `${name} was deleted in the meantime`);
});

function read(args: string[]): { name: string; to: number | undefined; reason: string | undefined } {
  const options = { to: { type: 'string' }, reason: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: false });
  const { to, reason } = values;
  const generation = typeof to === 'string' ? Number(to) : undefined;
  const [name] = positionals;
  if (!name || (generation !== undefined && !Number.isInteger(generation))) throw new UsageError(USAGE);
  return { name, to: generation, reason: typeof reason === 'string' ? reason : undefined };
}
